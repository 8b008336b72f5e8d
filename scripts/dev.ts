import { fail } from './run/fail.ts'
import { keepRunning } from './run/keep-running.ts'
import { say } from './run/say.ts'
import { seedDemo } from './run/seed-demo.ts'
import { surroundings } from './run/services-environment.ts'
import { freePort } from './run/free-port.ts'

/** Web and worker from the sources, started again when a file changes. */
async function dev(): Promise<void> {
  const { env: given, services } = await surroundings({ log: say, makeSecrets: true, joinRunning: false })
  const port = given['PORT'] ?? '3000'
  const exchangePort = String(await freePort())
  const env = {
    ...given,
    PORT: port,
    DEMO: '1',
    EXCHANGE_PORT: exchangePort,
    EXCHANGE_URL: `http://127.0.0.1:${exchangePort}`,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  }
  await seedDemo.whenEmpty(env, say)
  const watched = (name: string, file: string) =>
    keepRunning({ name, args: ['--watch', '--import', 'tsx', file], env, log: say })
  const processes = [
    watched('exchange', 'scripts/exchange/main.ts'),
    watched('worker', 'workers/main.ts'),
    watched('web', 'src/app/main.ts'),
  ]
  say(`http://127.0.0.1:${port}  密码 password ${env['DEMO_PASSWORD' as keyof typeof env]}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void Promise.all(processes.map(({ stop }) => stop()))
        .then(() => services.stop())
        .finally(() => process.exit(0))
    })
}

await dev().catch(fail)
