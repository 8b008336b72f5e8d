import { parseArgs } from 'node:util'
import { restoreBackup } from './backup/restore-backup.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { surroundings } from './run/services-environment.ts'

const HELP = `npm run restore -- DIR [--force]

Verifies a backup, then puts its data and files back. Refuses a database that is not empty.
--force   replaces what is there; the old files are kept in DATA_DIR/files.before`

async function main(): Promise<void> {
  const options = { help: { type: 'boolean' }, force: { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const [from, ...more] = positionals
  if (from === undefined || more.length > 0) throw new Error('请给出一个目录 · Name one folder: npm run restore -- DIR')
  const { env, dataDir, services } = await surroundings({ log: say, makeSecrets: false })
  try {
    const given = { mongoUri: env['MONGODB_URI'] ?? '', dataDir, from, force: values.force, log: say }
    const { collections, files, at } = await restoreBackup(given)
    say(`完成 · done: ${collections.length} collections, ${files.length} files, as of ${at}`)
  } finally {
    await services.stop()
  }
}

await main().catch(fail)
