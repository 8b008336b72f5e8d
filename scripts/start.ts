import { fail } from './run/fail.ts'
import { freePort, requireFree } from './run/free-port.ts'
import type { KeptProcess } from './run/keep-running.ts'
import { keepRunning } from './run/keep-running.ts'
import type { ProcessName } from './run/node-args.ts'
import { nodeArgs } from './run/node-args.ts'
import { say } from './run/say.ts'
import { seedDemo } from './run/seed-demo.ts'
import { surroundings } from './run/services-environment.ts'
import { showDemo } from './run/show-demo.ts'
import { untilReady } from './run/until-ready.ts'

const HELP = `npm start — brings up database, Redis, web, worker and the local exchange, and prints where to go.

Settings: see .env.example. NODE_ENV=production starts the product without the demo.
Ctrl-C stops everything in order.`

/** Starts everything on this machine and keeps it running until it is told to end. */
async function start(): Promise<void> {
  const isProduction = process.env['NODE_ENV'] === 'production'
  const { env: given, services } = await surroundings({ log: say, makeSecrets: !isProduction, joinRunning: false })
  const port = Number(given['PORT'] ?? 3000)
  await requireFree(port, given['HOST'] ?? '127.0.0.1')
  const env = { ...given, PORT: String(port), DEMO: isProduction ? '0' : '1', ...(await exchangeOf(given, port)) }

  if (isProduction) await seedDemo.refuseDemoDatabase(env)
  else await seedDemo.whenEmpty(env, say)
  const processes = processesOf(env)
  stopOnSignal(async () => {
    for (const { stop } of processes.reverse()) await stop()
    await services.stop()
  })
  await untilReady(`${given['TLS_CERT_FILE'] ? 'https' : 'http'}://127.0.0.1:${port}`)
  showDemo(env, port)
}

/** Where the local exchange listens, unless a real one is used. */
async function exchangeOf(env: NodeJS.ProcessEnv, port: number): Promise<NodeJS.ProcessEnv> {
  if (env['TELEPHONY'] === 'twilio') return {}
  const exchangePort = env['EXCHANGE_PORT'] ?? String(await freePort())
  return {
    TELEPHONY: 'local',
    EXCHANGE_PORT: exchangePort,
    EXCHANGE_URL: `http://127.0.0.1:${exchangePort}`,
    PUBLIC_URL: env['PUBLIC_URL'] ?? `http://127.0.0.1:${port}`,
  }
}

function processesOf(env: NodeJS.ProcessEnv): KeptProcess[] {
  const names: readonly ProcessName[] = env['TELEPHONY'] === 'local' ? ['exchange', 'worker', 'web'] : ['worker', 'web']
  return names.map((name) => keepRunning({ name, args: nodeArgs(name), env, log: say }))
}

function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false
  const end = (): void => {
    if (isStopping) return
    isStopping = true
    say('正在停止 · Stopping …')
    stop().then(() => process.exit(0), fail)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
}

if (process.argv.includes('--help')) console.log(HELP)
else await start().catch(fail)
