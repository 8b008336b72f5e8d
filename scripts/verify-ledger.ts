import { parseArgs } from 'node:util'
import type { Verdict } from '../src/ledger/index.ts'
import { createLedgerStore, exportLedger, verifyExport, verifyLedger } from '../src/ledger/index.ts'
import { connectMongo } from '../src/platform/mongo/index.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { surroundings } from './run/services-environment.ts'

const HELP = `npm run verify-ledger -- [--fund ID] [--export DIR] [--from DIR] [--against DIR]

从分录重新推算全部账目：连号、校验链、余额、恒等式、唯一性、预占，与账册逐项核对。
Derives the whole ledger again from its entries: numbers without gaps, links, hashes, balances, the imprest identity,
uniqueness of orders and keys, holds resolved once, and that heads, holds and open items are what the entries say.

(nothing)       verifies the database
--fund ID       only this fund, e.g. township-320614103
--export DIR    writes entries, heads, holds and open items as NDJSON into DIR, then verifies what was written
--from DIR      verifies such a folder without any database
--against DIR   an older export kept elsewhere: its last entries must still stand where they stood

Exit 0 when everything holds; 1 names the first bad sequence number of each fund.`

/** Verifies the database or an export; the exit code is the verdict. */
async function verify(): Promise<void> {
  const { values } = parseArgs({
    options: {
      fund: { type: 'string' },
      export: { type: 'string' },
      from: { type: 'string' },
      against: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  if (values.from !== undefined && (values.export !== undefined || values.fund !== undefined))
    throw new Error('--from 不能与 --export、--fund 同用 · --from goes with neither --export nor --fund')
  if (values.against !== undefined && values.from === undefined && values.export === undefined)
    throw new Error('--against 需要 --from 或 --export · --against needs --from or --export')
  const against = values.against === undefined ? {} : { against: values.against }
  report(values.from === undefined ? await verifyDatabase(values, against) : await verifyExport(values.from, against))
}

interface DatabaseOptions {
  readonly fund?: string | undefined
  readonly export?: string | undefined
}

async function verifyDatabase(
  { fund, export: folder }: DatabaseOptions,
  against: { readonly against?: string },
): Promise<Verdict> {
  const { env, services } = await surroundings({ log: say, makeSecrets: true })
  const connection = await connectMongo(env['MONGODB_URI'] ?? services.mongoUri)
  try {
    const ledger = createLedgerStore(connection)
    if (folder === undefined) return await verifyLedger(ledger, { fundId: fund })
    await exportLedger(ledger, folder, new Date().toISOString(), fund)
    return await verifyExport(folder, against)
  } finally {
    await connection.close()
    await services.stop()
  }
}

function report({ entries, funds, faults }: Verdict): void {
  for (const { fundId, seq, check, detail } of faults)
    process.stdout.write(`${fundId} 第 ${seq} 笔不符 · fails at ${seq}: ${check}: ${detail}\n`)
  if (faults.length === 0) process.stdout.write(`账目相符 · ${entries} entries of ${funds} funds hold\n`)
  else process.exitCode = 1
}

await verify().catch(fail)
