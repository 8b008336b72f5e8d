import { parseArgs } from 'node:util'
import { sealedRecords } from '../src/app/sealed-records.ts'
import type { Services } from '../src/app/services.ts'
import { makeLedgerKey, readLedgerKey, rotateLedgerKey } from '../src/ledger/index.ts'
import { rotateRecords } from '../src/platform/privacy/index.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { runCommand } from './run/with-services.ts'

const HELP = `npm run rotate-keys [-- --ledger FILE]

Seals everything again with the newest key of FIELD_KEYS, while the work goes on. To change the key:

1. Put the new key first in FIELD_KEYS, leave the old one behind it, and restart web and worker.
2. npm run rotate-keys. May be interrupted and run again at any time.
3. When it ends with "nothing is left", take the old key off the list and restart.

Ends with 1 while somebody was changing a record at every try; run it again then.

--ledger FILE  changes the key that signs the ledger instead: makes a new private key in FILE unless there is one, and has
               the present key (LEDGER_KEY_FILE) introduce it. Then set LEDGER_KEY_FILE=FILE and restart; until then
               nothing is signed. What the old key signed stays true; keep its file where keys are kept.`

async function rotateKeys(): Promise<void> {
  const { values } = parseArgs({ options: { ledger: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const { ledger } = values
  if (ledger !== undefined) return rotateLedger(ledger)
  await runCommand(async (services) => {
    let busy = 0
    for (const county of await services.counties()) busy += await rotateCounty(services, county)
    if (busy > 0) throw new Error(`${busy} 条正在被修改，请再运行一次 · records were being changed, run it again`)
    say('全部已用最新密钥，旧密钥可以移除 · nothing is left, the old key may be taken off the list')
  })
}

/** Introduces a new signing key of the ledger by the present one. */
async function rotateLedger(file: string): Promise<void> {
  await runCommand(async (services) => {
    makeLedgerKey(file)
    const { no, fingerprint } = await rotateLedgerKey(services, services.keyRing, readLedgerKey(file))
    process.stdout.write(`${no} ${fingerprint}\n`)
    say(`请设置 LEDGER_KEY_FILE=${file} 并重启 · set LEDGER_KEY_FILE=${file} and restart web and worker`)
  })
}

/** @returns how many records were busy at every try */
async function rotateCounty(services: Services, county: string): Promise<number> {
  let left = 0
  for (const [name, records] of sealedRecords(services, county)) {
    const { seen, rotated, busy } = await rotateRecords(records)
    process.stdout.write(`${county} ${name} ${rotated}/${seen}\n`)
    left += busy.length
  }
  return left
}

await rotateKeys().catch(fail)
