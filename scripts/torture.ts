import { fail } from './run/fail.ts'

/** The long fault runs by name, each loaded only when asked for. */
const RUNS: Readonly<Record<string, () => Promise<{ run: (rounds: number) => Promise<void> }>>> = {
  gateway: () => import('./torture/gateway.ts'),
  ledger: () => import('./torture/ledger.ts'),
  deadlines: () => import('./torture/deadlines.ts'),
  live: () => import('./torture/live.ts'),
}

const ROUNDS = 20

const HELP = `npm run torture -- <${Object.keys(RUNS).join('|')}> [--rounds N]

Breaks things on purpose, again and again, and checks that nothing is lost, doubled or left half done.
--rounds N   how often (default ${ROUNDS})`

await main(process.argv.slice(2)).catch(fail)

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(HELP)
    return
  }
  const [name = ''] = args
  const load = Object.hasOwn(RUNS, name) ? RUNS[name] : undefined
  const rounds = roundsIn(args)
  if (!load || rounds === undefined) {
    refuse(name, load !== undefined)
    return
  }
  const { run } = await load()
  await run(rounds)
  process.exit(0)
}

function roundsIn(args: readonly string[]): number | undefined {
  const at = args.indexOf('--rounds')
  if (at < 0) return ROUNDS
  const rounds = Number(args[at + 1])
  return Number.isInteger(rounds) && rounds > 0 ? rounds : undefined
}

function refuse(name: string, known: boolean): void {
  const names = Object.keys(RUNS).join(', ')
  console.error(known ? '--rounds takes a whole number above 0' : `No fault run called "${name}"; there are: ${names}`)
  process.exitCode = 2
}
