import { createTerminus } from '@godaddy/terminus'
import { readFileSync } from 'node:fs'
import type { Server as HttpServer } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createQueues, measureQueues } from '../platform/queues/index.ts'
import { measureOwners } from '../routing/index.ts'
import { readConfig } from './config.ts'
import { createApp } from './create-app.ts'
import { createServices } from './services.ts'
import { startSockets } from './sockets.ts'

/** A running web process. */
export interface Web {
  readonly port: number
  close(): Promise<void>
}

/** How long requests under way may take when the process is asked to end. Milliseconds. */
const SHUTDOWN_MS = 8_000

/**
 * Starts the web process: stores, routes, live events, then the port. Ends in the opposite order.
 *
 * @throws ConfigError, or an Error with one line that says what to do
 */
export async function startWeb(environment: NodeJS.ProcessEnv, options: { handleSignals: boolean }): Promise<Web> {
  const config = readConfig(environment)
  const services = await createServices(config)
  const queues = createQueues({ redisUrl: config.redisUrl, prefix: services.installation, log: services.log })
  measureQueues(queues, services.metrics.registry)
  measureOwners(services, services.metrics.registry)
  const parts = createApp(services, queues)
  const server = config.tls
    ? createTlsServer({ cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) }, parts.http)
    : createServer(parts.http)
  const io = await startSockets(server, { platform: services, ...parts })

  const close = async (): Promise<void> => {
    await io.close()
    await queues.close()
    await services.close()
  }
  if (options.handleSignals)
    createTerminus(server, { signals: ['SIGTERM', 'SIGINT'], timeout: SHUTDOWN_MS, onSignal: close, useExit0: true })

  const port = await listen(server, config.port, config.host)
  services.log.info({ port }, 'web is listening')
  return { port, close }
}

function listen(server: HttpServer, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(portTaken(port)) : error)
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function portTaken(port: number): string {
  return `端口 ${port} 已被占用：请停止占用它的程序，或设置另一个 PORT / Port ${port} is taken: stop what uses it, or set another PORT`
}
