import { parseArgs } from 'node:util'
import type { BenchOptions, BenchRow } from './bench/row.ts'
import { fail } from './run/fail.ts'

const NAMES = ['intake', 'screen', 'phone', 'desk', 'route', 'ledger'] as const

const HELP = `npm run bench -- ${NAMES.join('|')} [--json] [--seconds S] [--large] [--divisions DIR]

Measures and prints; never judges. Run it on a quiet machine. --json prints one object and nothing else.`

interface Bench {
  run(options: BenchOptions): Promise<readonly BenchRow[]>
}

/** Each bench is a file of its own, loaded only when asked for. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  intake: () => import('./bench/intake.ts'),
  screen: () => import('./bench/screen.ts'),
  phone: () => import('./bench/phone.ts'),
  desk: () => import('./bench/desk.ts'),
  route: () => import('./bench/route.ts'),
  ledger: () => import('./bench/ledger.ts'),
}

async function bench(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '10' },
      large: { type: 'boolean', default: false },
      divisions: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const [name = ''] = positionals
  const load = BENCHES[name]
  if (!load) throw new Error(`没有这个测试 · no such bench: ${name}; ${NAMES.join(', ')}`)
  const { run } = await load()
  const seconds = Number(values.seconds)
  const rows = await run({ seconds, large: values.large, ...(values.divisions ? { divisions: values.divisions } : {}) })
  if (values.json) process.stdout.write(`${JSON.stringify({ bench: name, rows })}\n`)
  else console.table(rows)
}

await bench().then(() => process.exit(0), fail)
