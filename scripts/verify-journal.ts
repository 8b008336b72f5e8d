import { parseArgs } from 'node:util'
import { verifyJournal } from '../src/journal/index.ts'
import { connectMongo } from '../src/platform/mongo/index.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { surroundings } from './run/services-environment.ts'

const HELP = `npm run verify-journal [-- --county CODE]

Re-derives every chain of the journal: sequence without gaps, links, hashes. Exit 1 names the first bad line.`

async function verify(): Promise<void> {
  const { values } = parseArgs({ options: { county: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const { env, services } = await surroundings({ log: say, makeSecrets: true })
  const connection = await connectMongo(env['MONGODB_URI'] ?? '')
  try {
    const { lines, streams, faults } = await verifyJournal(connection, values.county)
    const [first] = faults
    console.log(`${lines} 行 · ${streams} 条链 · ${lines} lines in ${streams} chains, ${faults.length} faults`)
    if (first) throw new Error(`第一处问题 · first fault: ${first.line} (${first.why})`)
  } finally {
    await connection.close()
    await services.stop()
  }
}

await verify().catch(fail)
