import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import type { LedgerKey, SeenLog } from '../src/ledger/index.ts'
import { cosignNote, judgeLog, newPrivateKeyPem, signerFromPem } from '../src/ledger/index.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'

const HELP = `npm run witness -- --url URL --state FILE

见证账目检查点：只有当现在的账目确实是从上次见过的账目长出来的，才签名作证。
Cosigns the ledger's newest checkpoints after a proof that each grew out of the one seen last, and sends the cosignature
back. Run it on a machine of the audit office, daily or at each monthly statement.

--url URL     where the product is reached, e.g. https://jiujinan.example
--state FILE  what was seen so far and the witness's own key; made at the first run, keep it safe

Exit 0 when everything was cosigned; 1 when a ledger shrank, was rewritten, or signs with an unknown key: tell the
supervisors at once and keep the state file.`

interface State {
  readonly name: string
  /** PEM. */
  readonly privateKey: string
  /** By origin. */
  readonly logs: Record<string, SeenLog>
}

interface Listed<Item> {
  readonly items: readonly Item[]
}

async function witness(): Promise<void> {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, state: { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const { url, state: file } = values
  if (url === undefined || file === undefined || !/^https?:\/\//.test(url))
    throw new Error('用法 usage: npm run witness -- --url URL --state FILE')
  const base = `${url.replace(/\/+$/, '')}/api/v1/ledger/logs`
  const { items: logs } = (await ask(base)) as Listed<{ county: string; origin: string }>
  const state = readState(file)
  for (const { origin } of logs.filter((log) => state.logs[log.origin] === undefined))
    say(`第一次见到 ${origin} · meeting ${origin} for the first time`)
  for (const gone of Object.keys(state.logs).filter((origin) => !logs.some((log) => log.origin === origin)))
    throw new Error(`账目不见了：${gone} · a ledger is gone: ${gone}`)
  for (const { county, origin } of logs) await witnessLog(`${base}/${county}`, origin, state, file)
}

async function witnessLog(base: string, origin: string, state: State, file: string): Promise<void> {
  const seen = state.logs[origin]
  const found = await fetch(`${base}/checkpoint`)
  if (found.status === 404 && !seen) {
    say(`${origin} 还没有检查点 · has no checkpoint yet`)
    return
  }
  const checkpoint = (await answerOf(found)) as { size: number; note: string }
  const { items: keys } = (await ask(`${base}/keys`)) as Listed<LedgerKey>
  const hasGrown = seen !== undefined && checkpoint.size > seen.size
  const { proof } = hasGrown
    ? ((await ask(`${base}/consistency?from=${seen.size}&to=${checkpoint.size}`)) as { proof: string[] })
    : { proof: [] }
  state.logs[origin] = judgeLog(seen, { origin, note: checkpoint.note, keys, proof })
  writeState(file, state)
  await send(
    `${base}/cosignatures`,
    cosignNote(checkpoint.note, state.name, signerFromPem(state.privateKey), new Date()),
  )
  process.stdout.write(`${origin} ${checkpoint.size} 已见证 · cosigned\n`)
}

/** A state that exists and cannot be read is an alarm, never a reason to begin anew. */
function readState(file: string): State {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as State
  const state = { name: `witness/${hostname()}`.replaceAll(/[\s+]/g, '-'), privateKey: newPrivateKeyPem(), logs: {} }
  writeState(file, state)
  return state
}

function writeState(file: string, state: State): void {
  const half = `${file}.part`
  writeFileSync(half, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(half, file)
}

async function ask(url: string): Promise<unknown> {
  return answerOf(await fetch(url))
}

async function send(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() }
  await answerOf(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }))
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.ok) return response.json()
  throw new Error(`${response.url}: ${response.status} ${(await response.text()).slice(0, 300)}`)
}

await witness().catch(fail)
