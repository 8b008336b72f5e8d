import { specOf } from '../command.ts'
import type { Command } from '../command.ts'
import { CODE, CommandFailure } from '../errors.ts'
import { only, query } from '../gateway.ts'
import type { Gateway } from '../gateway.ts'
import type { Statement } from '../postgres/protocol.ts'
import { readFields, textOf, TYPE } from '../wire/raw-bson.ts'
import { reply } from './reply.ts'

/** The engine's functions that give a query's rows, by command. */
const QUERIES: Readonly<Record<string, string>> = {
  find: 'bson_aggregation_find',
  aggregate: 'bson_aggregation_pipeline',
  count: 'bson_aggregation_count',
  distinct: 'bson_aggregation_distinct',
}

/** How the engine would carry out a query: PostgreSQL's own plan, as JSON. */
export async function explain(command: Command, gateway: Gateway): Promise<Buffer> {
  const inner = command.fields[0]
  if (inner?.type !== TYPE.document) throw new CommandFailure(CODE.badValue, 'explain names no command')
  const asked = { ...command, body: command.body.subarray(inner.value, inner.end) }
  const fields = readFields(asked.body)
  const name = fields[0]?.name ?? ''
  const source = QUERIES[name]
  if (source === undefined || fields[0] === undefined) {
    throw new CommandFailure(CODE.notSupported, `'${name}' cannot be explained here`)
  }
  const analyzed = wantsExecution(command)
  const rows = await query(gateway, command, statement(name, source, analyzed), [
    command.db,
    specOf({ ...asked, fields }),
  ])
  const namespace = `${command.db}.${textOf(asked.body, fields[0])}`
  const plan = (JSON.parse(only(rows).toString()) as unknown[])[0]
  return reply({ queryPlanner: { namespace, winningPlan: plan }, command: name, ok: 1 })
}

function wantsExecution(command: Command): boolean {
  const verbosity = command.fields.find((field) => field.name === 'verbosity')
  return verbosity !== undefined && textOf(command.body, verbosity) !== 'queryPlanner'
}

function statement(name: string, source: string, analyzed: boolean): Statement {
  const analyze = analyzed ? 'ANALYZE, ' : ''
  const sql = `EXPLAIN (${analyze}FORMAT JSON) SELECT document FROM documentdb_api_catalog.${source}($1, $2)`
  return { name: `explain_${name}${analyzed ? '_run' : ''}`, sql }
}
