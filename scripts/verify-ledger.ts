import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { OutsideKnowledge, Verdict } from '../src/ledger/index.ts'
import {
  createLedgerStore,
  createProofStores,
  exportLedger,
  readKept,
  readKeys,
  statementOfExport,
  verifyExport,
  verifyLedger,
} from '../src/ledger/index.ts'
import { projectRoot } from '../src/platform/project-root.ts'
import type { Presenter } from '../src/platform/views/index.ts'
import { createPresenter, LANGUAGES, loadWords, timeWriter } from '../src/platform/views/index.ts'
import { connectMongo } from '../src/platform/mongo/index.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { surroundings } from './run/services-environment.ts'

const HELP = `npm run verify-ledger -- [--fund ID] [--export DIR] [--from DIR --keys FILE] [--checkpoints FILE]

从分录重新推算全部账目：连号、校验链、余额、恒等式、唯一性、预占、月结封存、检查点和签名，与账册逐项核对。
Derives the whole ledger again from its entries: numbers without gaps, links, hashes, balances, the imprest identity,
uniqueness of orders and keys, holds resolved once, seals of closed months, the tree under every checkpoint, signatures;
and that heads, holds and open items are what the entries say.

(nothing)           verifies the database
--fund ID           only this fund, e.g. township-320614103
--export DIR        writes entries, heads, holds, open items, seals, checkpoints and public keys into DIR, then verifies
                    what was written
--from DIR          verifies such a folder without any database
--keys FILE         public keys known before (keys.json of an older export); later keys must be signed by them
--checkpoints FILE  checkpoints kept outside: signed notes, or lines of checkpoints.ndjson; each must still hold
--against DIR       an older export kept elsewhere: its last entries and its checkpoints must still stand
--statement FUND:MONTH  with --from: prints the monthly statement of a fund as CSV, e.g. township-320614103:2026-11

Exit 0 when everything holds; 1 names the first bad sequence number of each fund, and which numbers are missing.`

const OPTIONS = {
  fund: { type: 'string' },
  export: { type: 'string' },
  from: { type: 'string' },
  keys: { type: 'string' },
  checkpoints: { type: 'string' },
  against: { type: 'string' },
  statement: { type: 'string' },
  help: { type: 'boolean' },
} as const

interface Values {
  readonly fund?: string
  readonly export?: string
  readonly from?: string
  readonly keys?: string
  readonly checkpoints?: string
  readonly against?: string
  readonly statement?: string
}

/** Verifies the database or an export; the exit code is the verdict. */
async function verify(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  requireSense(values)
  if (values.statement !== undefined && values.from !== undefined)
    return void process.stdout.write(await statementOfExport(values.from, values.statement, chinesePresenter()))
  const outside = outsideOf(values)
  report(values.from === undefined ? await verifyDatabase(values, outside) : await verifyExport(values.from, outside))
}

/** Statements are printed as the product gives them: in Chinese, in China's time. */
function chinesePresenter(): Presenter {
  const words = loadWords(join(projectRoot(), 'views'), LANGUAGES, () => undefined)
  return createPresenter(words, timeWriter('Asia/Shanghai'), 'zh-CN', new Date(0))
}

function requireSense({ from, fund, export: folder, against, statement }: Values): void {
  if (from !== undefined && (folder !== undefined || fund !== undefined))
    throw new Error('--from 不能与 --export、--fund 同用 · --from goes with neither --export nor --fund')
  if (against !== undefined && from === undefined && folder === undefined)
    throw new Error('--against 需要 --from 或 --export · --against needs --from or --export')
  if (statement !== undefined && from === undefined)
    throw new Error('--statement 需要 --from · --statement needs --from')
}

function outsideOf({ keys, checkpoints, against }: Values): OutsideKnowledge {
  return {
    ...(keys === undefined ? {} : { keys }),
    ...(checkpoints === undefined ? {} : { checkpoints }),
    ...(against === undefined ? {} : { against }),
  }
}

async function verifyDatabase({ fund, export: folder }: Values, outside: OutsideKnowledge): Promise<Verdict> {
  const { keys, checkpoints } = outside
  const kept = checkpoints === undefined ? [] : readKept(await readFile(checkpoints, 'utf8'))
  const trusted = keys === undefined ? [] : await readKeys(keys)
  const { env, services } = await surroundings({ log: say, makeSecrets: true })
  const connection = await connectMongo(env['MONGODB_URI'] ?? services.mongoUri)
  try {
    const ledger = createLedgerStore(connection)
    const proof = createProofStores(connection)
    if (folder === undefined) return await verifyLedger(ledger, { fundId: fund, proof, kept, trusted })
    await exportLedger(ledger, folder, new Date().toISOString(), { fundId: fund, proof })
    return await verifyExport(folder, outside)
  } finally {
    await connection.close()
    await services.stop()
  }
}

function report({ entries, funds, faults, proven }: Verdict): void {
  for (const { fundId, seq, check, detail } of faults)
    process.stdout.write(`${fundId} 第 ${seq} 笔不符 · fails at ${seq}: ${check}: ${detail}\n`)
  if (faults.length > 0) process.exitCode = 1
  else process.stdout.write(`账目相符 · ${entries} entries of ${funds} funds hold\n`)
  if (proven === undefined || faults.length > 0) return
  const { seals, checkpoints, kept, leaves, keys } = proven
  process.stdout.write(
    `封存 seals ${seals} · 检查点 checkpoints ${checkpoints} · 外存检查点 kept ${kept} · 树 tree ${leaves}\n`,
  )
  for (const { no, fingerprint } of keys) process.stdout.write(`公钥 key ${no} ${fingerprint}\n`)
}

await verify().catch(fail)
