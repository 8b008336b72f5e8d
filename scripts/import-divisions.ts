import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { ParsedDivisions } from '../src/directory/divisions/index.ts'
import {
  createDivisionStore,
  decodeCsv,
  importDivisions,
  parseDivisionsCsv,
  planImport,
  planLines,
} from '../src/directory/divisions/index.ts'
import { createInTransaction, journalModels } from '../src/journal/index.ts'
import { connectMongo, migrate, requireTransactions } from '../src/platform/mongo/index.ts'
import { systemActor } from '../src/shared/actor.ts'
import { systemClock } from '../src/shared/clock.ts'
import { newId } from '../src/shared/ids.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { surroundings } from './run/services-environment.ts'

const HELP = `npm run import-divisions -- FILE.csv [--dry-run]

导入行政区划：全部导入或全部不导入；再次导入同一文件不产生变化。
Brings divisions into the database: all of the file or nothing. A second run changes nothing.

Columns (UTF-8 or GB18030, first line names them; a line starting with # is a comment):
  code             2, 4, 6, 9 or 12 digits: province, prefecture, county, township, village            required
  name             complete name                                                                        required
  validFrom        first day it exists, 2020-07-17; empty: it was always there
  validTo          first day it no longer exists; empty: it still does
  successor        code it went into, of the same level; several separated by |; needs validTo
  aliases          other complete names, separated by |
  shortNames       names without the kind, separated by |; the usual ones are known without
  responsibleUnit  for pseudo-units (suffix 4xx or 5xx): township of the same county, or the county

Divisions that the file does not name stay as they are: end one by its validTo, never by leaving it out.

--dry-run   prints what would be done and writes nothing`

/** Imports a file, or shows what an import would do. Exits with 1 when a row is refused. */
async function importFile(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) throw new Error('用法 usage: npm run import-divisions -- FILE.csv')
  const parsed = await readRows(file)

  const { env, services } = await surroundings({ log: say, makeSecrets: true })
  const connection = await connectMongo(env['MONGODB_URI'] ?? services.mongoUri)
  try {
    await requireTransactions(connection)
    journalModels(connection)
    const divisions = createDivisionStore(connection)
    const plan = planImport(parsed, await divisions.all())
    process.stdout.write(`${planLines(plan).join('\n')}\n`)
    if (plan.refused.length > 0) throw new Error('有行被拒绝，未写入任何内容 · rows were refused; nothing was written')
    if (values['dry-run']) {
      say('试运行，未写入任何内容 · dry run, nothing was written')
      return
    }

    await migrate(connection)
    const inTransaction = createInTransaction({ connection, clock: systemClock, wake: () => undefined })
    const by = { actor: systemActor(mainCounty(parsed)), key: newId(), bodyHash: hashOf(parsed) }
    const { version } = await importDivisions({ divisions, inTransaction }, parsed, by)
    say(`导入完成，名录版本 ${version} · imported, version ${version} of the list`)
  } finally {
    await connection.close()
    await services.stop()
  }
}

async function readRows(file: string): Promise<ParsedDivisions> {
  const bytes = await readFile(file).catch(() => {
    throw new Error(`读不到文件 ${file} · cannot read ${file}`)
  })
  const { text, encoding } = decodeCsv(bytes)
  if (encoding !== 'UTF-8') say(`文件按 ${encoding} 读取 · read as ${encoding}`)
  return parseDivisionsCsv(text, basename(file))
}

/** In whose journal the import stands: the county with the most rows. */
function mainCounty({ rows }: ParsedDivisions): string {
  const counts = new Map<string, number>()
  for (const { division } of rows) counts.set(division.county, (counts.get(division.county) ?? 0) + 1)
  counts.delete('')
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? '000000'
}

function hashOf(parsed: ParsedDivisions): string {
  return createHash('sha256').update(JSON.stringify(parsed.rows)).digest('hex')
}

await importFile().catch(fail)
