import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createDivisionStore, toPlaceDivision } from '../src/directory/divisions/index.ts'
import { connectMongo } from '../src/platform/mongo/index.ts'
import type { PlaceDivision, PlaceMatch } from '../src/routing/place/index.ts'
import { createMatcher } from '../src/routing/place/index.ts'
import { readDivisionFolder } from './run/division-folder.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { surroundings } from './run/services-environment.ts'

const HELP = `npm run route-address -- [--county CODE] [--divisions DIR]

把标准输入的每一行地址对应到行政区划，每行输出一个 JSON。
Reads one address a line on stdin and writes one JSON line each:
  {input, code, name, path, confidence, reason, candidates: [{code, name, path}], reasonCode, notes, responsibleUnit}
code is null when the operator must choose among the candidates.

--county CODE     own county, 6 digits: its townships are offered first
--divisions DIR   a folder with provinces.csv, cities.csv, areas.csv and streets.csv; without it the divisions of the database`

/** Answers address lines until stdin ends. */
async function routeAddresses(): Promise<void> {
  const { values } = parseArgs({
    options: { county: { type: 'string' }, divisions: { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const { county } = values
  if (county !== undefined && !/^\d{6}$/.test(county)) {
    throw new Error(`--county 应为 6 位区划代码 · --county is a code of 6 digits: ${county}`)
  }
  const divisions = values.divisions === undefined ? await readDatabase() : await readDivisionFolder(values.divisions)
  if (county !== undefined && !divisions.some(({ code }) => code === county)) {
    throw new Error(`名录中没有 ${county} · the list has no county ${county}`)
  }
  const matcher = createMatcher(divisions, { county })
  const now = new Date()
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const answer = `${JSON.stringify(toLine(matcher.match(line, { now })))}\n`
    if (!process.stdout.write(answer)) await once(process.stdout, 'drain')
  }
}

function toLine({ reason, ...match }: PlaceMatch) {
  const { input, code, name, path, confidence, candidates, responsibleUnit } = match
  const { zh, code: reasonCode, notes } = reason
  return { input, code, name, path, confidence, reason: zh, candidates, reasonCode, notes, responsibleUnit }
}

/** The imported divisions of the database that the environment names, or of the one on this machine. */
async function readDatabase(): Promise<PlaceDivision[]> {
  const { env, services } = await surroundings({ log: say, makeSecrets: true })
  const connection = await connectMongo(env['MONGODB_URI'] ?? services.mongoUri)
  try {
    const divisions = (await createDivisionStore(connection).all()).map(toPlaceDivision)
    if (divisions.length > 0) return divisions
    throw new Error('数据库中没有区划，请先导入 · the database has no divisions: run import-divisions first')
  } finally {
    await connection.close()
    await services.stop()
  }
}

// A reader that stops early (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? process.exit(0) : fail(error)))
await routeAddresses().catch(fail)
