import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** Stands between a client and the database and does to its traffic what networks do. */
export interface TcpProxy {
  /** The database's address by way of the proxy. */
  readonly uri: string
  /** Cuts the next connection that has received this many more bytes of answers; the rest of the answer is lost. */
  cutAfter(bytes: number): void
  /** Whether a cut is still to come. */
  readonly isArmed: boolean
  /** Holds back every piece of an answer for a time drawn from here. Milliseconds. */
  delayBy: () => number
  close(): Promise<void>
}

/** Opens a proxy on a free port of this machine. */
export async function openProxy(mongoUri: string): Promise<TcpProxy> {
  const target = new URL(mongoUri)
  const sockets = new Set<Socket>()
  let left: number | undefined
  const proxy = { delayBy: () => 0 }

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay(true))
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (bytes) => upstream.write(bytes))
    let inOrder = Promise.resolve()
    upstream.on('data', (bytes) => {
      const ms = proxy.delayBy()
      if (ms === 0 && left === undefined) client.write(bytes)
      else inOrder = inOrder.then(() => pause(ms)).then(() => pass(client, bytes))
    })
  })

  function pass(client: Socket, bytes: Buffer): void {
    if (left === undefined || bytes.length <= left) {
      if (left !== undefined) left -= bytes.length
      client.write(bytes)
      return
    }
    const kept = bytes.subarray(0, left)
    left = undefined
    client.write(kept, () => client.destroy())
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const uri = `mongodb://127.0.0.1:${port}${target.pathname}?directConnection=true&retryWrites=false`
  return Object.assign(proxy, {
    uri,
    cutAfter: (bytes: number) => void (left = bytes),
    get isArmed() {
      return left !== undefined
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms))
}
