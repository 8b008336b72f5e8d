import { startGateway } from './start.ts'

const { GATEWAY_PORT, GATEWAY_SET } = process.env
const gateway = await startGateway({
  port: Number(GATEWAY_PORT),
  postgresSocket: process.argv[2] ?? '',
  setName: GATEWAY_SET ?? 'rs0',
  log: (line) => console.log(line),
})

console.log(`ready on ${gateway.address}`)

process.on('SIGTERM', () => void gateway.stop().then(() => process.exit(0)))
process.on('SIGINT', () => undefined) // Ctrl-C reaches the whole group: the parent stops us in its order

// The parent holds the other end of our standard input; when it is gone, however it went, so are we.
process.stdin.on('close', () => void gateway.stop().then(() => process.exit(0))).resume()
