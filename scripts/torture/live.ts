import type { Socket } from 'socket.io-client'
import { io } from 'socket.io-client'
import { startProduct } from '../bench/product.ts'
import { sendIntake } from '../bench/requests.ts'

/** Requests registered in a round. */
const REQUESTS = 40

/** How long a screen may take to catch up. Milliseconds. */
const CATCH_UP_MS = 10_000

interface Event {
  readonly room: string
  readonly id: string
  readonly stream: string
  readonly seq: number
  readonly type: string
  readonly data: { readonly no?: string }
}

/**
 * A screen whose connection breaks again and again while requests come in: after each reconnect it asks for what it missed. In the end it must
 * have heard of every case of its township, in the order of each stream, repeats recognisable.
 *
 * @throws Error naming what was lost or out of order
 */
export async function run(rounds: number): Promise<void> {
  const product = await startProduct()
  try {
    const operator = await product.tokenOf('O1')
    const officer = await product.tokenOf('D-常乐')
    for (let round = 1; round <= rounds; round += 1) {
      await oneRound(product.address, operator, officer)
      console.log(`第 ${round} 轮通过 · round ${round} of ${rounds} passed`)
    }
  } finally {
    await product.stop()
  }
}

async function oneRound(address: string, operator: string, officer: string): Promise<void> {
  const screen = await openScreen(address, officer)
  const expected = new Set<string>()
  for (let request = 0; request < REQUESTS; request += 1) {
    if (request % 7 === 3) screen.socket.io.engine.close()
    expected.add((await sendIntake(address, operator, '320614103')).caseNo)
  }
  const until = Date.now() + CATCH_UP_MS
  const missing = (): string[] => [...expected].filter((no) => !screen.heard.has(no))
  while (missing().length > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
  screen.socket.disconnect()
  if (missing().length > 0) throw new Error(`lost on the screen: ${missing().join(', ')}`)
  if (screen.disorder.length > 0) throw new Error(`out of order: ${screen.disorder.join(', ')}`)
}

/** A screen that resumes from its last id after every reconnect, as the pages do. */
async function openScreen(address: string, token: string) {
  const room = 'unit:320614103'
  const heard = new Set<string>()
  const disorder: string[] = []
  const lastSeq = new Map<string, number>()
  let lastId: string | undefined
  const socket: Socket = io(address, {
    transports: ['websocket'],
    auth: { token },
    forceNew: true,
    reconnectionDelay: 20,
  })
  socket.on('event', (event: Event) => {
    if (event.room !== room) return
    const before = lastSeq.get(event.stream) ?? 0
    if (event.seq > before) {
      if (before > 0 && event.id < (lastId ?? '')) disorder.push(`${event.stream}/${event.seq}`)
      lastSeq.set(event.stream, event.seq)
    }
    lastId = event.id
    if (event.type === 'case.routed' && event.data.no) heard.add(event.data.no)
  })
  socket.on('connect', () => lastId !== undefined && socket.emit('resume', { [room]: lastId }))
  await new Promise((resolve) => socket.once('joined', resolve))
  return { socket, heard, disorder }
}
