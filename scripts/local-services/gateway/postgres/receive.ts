import type { Socket } from 'node:net'

/** Cuts what the server sends into its messages. */
export function receive(socket: Socket, take: (type: number, body: Buffer) => void): void {
  let chunks: Buffer[] = []
  let held = 0
  let wanted = 5
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    held += chunk.length
    if (held < wanted) return
    const bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks)
    let at = 0
    wanted = 5
    while (bytes.length - at >= 5) {
      const end = at + 1 + bytes.readInt32BE(at + 1)
      if (end > bytes.length) {
        wanted = end - at
        break
      }
      take(bytes[at] ?? 0, bytes.subarray(at + 5, end))
      at = end
    }
    chunks = at < bytes.length ? [bytes.subarray(at)] : []
    held = bytes.length - at
  })
}
