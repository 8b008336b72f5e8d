import { createServer } from 'node:net'
import { Refusal } from '../local-services/index.ts'

/** A port nobody listens on. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return listenOnce(0, host)
}

/** @throws Refusal `port.taken`, naming the port and the cure */
export async function requireFree(port: number, host: string): Promise<void> {
  await listenOnce(port, host).catch(() => {
    throw new Refusal(
      'port.taken',
      `端口 ${port} 已被占用：请停止占用它的程序，或设置另一个 PORT`,
      `Port ${port} is taken: stop what uses it, or set another PORT`,
    )
  })
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
