import { parseArgs } from 'node:util'
import { backUp } from './backup/back-up.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { surroundings } from './run/services-environment.ts'

const HELP = `npm run backup -- DIR

Copies all data as it is at one instant, and all files, into a new folder DIR, with a manifest of counts and digests.
The keys (FIELD_KEYS, APP_SECRET, LEDGER_KEY_FILE) are not in it: keep them elsewhere, without them the copy cannot be read.
Sessions and queues in Redis are not in it either: people sign in again, and waiting work is taken up from the database.`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const [into, ...more] = positionals
  if (into === undefined || more.length > 0) throw new Error('请给出一个目录 · Name one folder: npm run backup -- DIR')
  const { env, dataDir, services } = await surroundings({ log: say, makeSecrets: false })
  try {
    const { collections, files } = await backUp({
      mongoUri: env['MONGODB_URI'] ?? '',
      dataDir,
      into,
      now: () => new Date(),
    })
    const documents = collections.reduce((sum, copy) => sum + copy.documents, 0)
    say(`完成 · done: ${collections.length} collections, ${documents} documents, ${files.length} files`)
  } finally {
    await services.stop()
  }
}

await main().catch(fail)
