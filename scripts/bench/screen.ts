import type { Socket } from 'socket.io-client'
import { io } from 'socket.io-client'
import { startProduct } from './product.ts'
import { inTurn, sendIntake, SHORT_NAMES, TOWNSHIPS } from './requests.ts'
import type { BenchOptions, BenchRow } from './row.ts'
import { percentiles } from './row.ts'

/** Screens that are open. Source: issue A, "Speed and size". */
const SCREENS = 500

/** Requests registered in a second. */
const PER_SECOND = 20

interface Heard {
  readonly caseNo: string
  readonly at: number
  readonly screen: number
}

interface Screen {
  readonly township: string
  readonly socket: Socket
}

/** From the sending of a request to the socket of every officer of the right township, with 500 connected screens. */
export async function run({ seconds }: BenchOptions): Promise<BenchRow[]> {
  const product = await startProduct()
  const heard: Heard[] = []
  const screens: Screen[] = []
  try {
    const officers = await Promise.all(
      SHORT_NAMES.map(async (name, index) => ({
        township: TOWNSHIPS[index] ?? '',
        token: await product.tokenOf(`D-${name}`),
      })),
    )
    const officer = inTurn(officers)
    for (let index = 0; index < SCREENS; index += 1)
      screens.push(await openScreen(product.address, officer(), index, heard))
    const sent = await send(product.address, await product.tokenOf('O1'), seconds)
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    return [rowOf(sent, heard, screens, await product.webRssMb())]
  } finally {
    for (const { socket } of screens) socket.disconnect()
    await product.stop()
  }
}

function openScreen(
  address: string,
  officer: { township: string; token: string },
  index: number,
  heard: Heard[],
): Promise<Screen> {
  const socket = io(address, { transports: ['websocket'], auth: { token: officer.token }, forceNew: true })
  socket.on('event', (envelope: { room: string; type: string; data: { no?: string } }) => {
    if (envelope.type === 'case.routed' && envelope.room.startsWith('unit:'))
      heard.push({ caseNo: envelope.data.no ?? '', at: performance.now(), screen: index })
  })
  return new Promise((resolve, reject) => {
    socket.once('joined', () => resolve({ township: officer.township, socket }))
    socket.once('connect_error', reject)
  })
}

interface Sent {
  readonly township: string
  readonly sentAt: number
}

async function send(address: string, token: string, seconds: number): Promise<ReadonlyMap<string, Sent>> {
  const sent = new Map<string, Sent>()
  const township = inTurn(TOWNSHIPS)
  const under: Promise<void>[] = []
  for (let index = 0; index < seconds * PER_SECOND; index += 1) {
    const code = township()
    under.push(
      sendIntake(address, token, code).then(({ caseNo, sentAt }) => void sent.set(caseNo, { township: code, sentAt })),
    )
    await new Promise((resolve) => setTimeout(resolve, 1_000 / PER_SECOND))
  }
  await Promise.all(under)
  return sent
}

/** Every screen of the township must have heard of every case of it once, and no other screen of any. */
function rowOf(
  sent: ReadonlyMap<string, Sent>,
  heard: readonly Heard[],
  screens: readonly Screen[],
  rssMb: number,
): BenchRow {
  const ofBench = heard.filter(({ caseNo }) => sent.has(caseNo))
  const wrong = ofBench.filter(({ caseNo, screen }) => sent.get(caseNo)?.township !== screens[screen]?.township).length
  const right = new Set(ofBench.map(({ caseNo, screen }) => `${caseNo}/${screen}`)).size - wrong
  const expected = [...sent.values()].reduce(
    (sum, { township }) => sum + screens.filter((screen) => screen.township === township).length,
    0,
  )
  const delays = ofBench.map(({ caseNo, at }) => at - (sent.get(caseNo)?.sentAt ?? at))
  return { name: `screen-${SCREENS}`, ...percentiles(delays), rssMb, lost: expected - right, wrongRoom: wrong }
}
