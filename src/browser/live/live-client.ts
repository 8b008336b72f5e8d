import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { clockText, serverNowMs } from '../server-time.ts'
import { createRoomMemory } from './envelopes.ts'
import type { Envelope } from './envelopes.ts'
import { sayLiveState } from './live-state.ts'
import { refreshAll, refreshRoom, roomsOfPage } from './regions.ts'

/** Asks again for what was missed after this long when the server could not tell. Milliseconds. */
const RESUME_AGAIN_MS = 2000

const memory = createRoomMemory()
let socket: Socket | undefined
let watched = ''

/** Follows the rooms the page depends on; called for each page or part of a page that takes another's place. */
export function watchPage(): void {
  const rooms = roomsOfPage()
  if (!socket) socket = connect()
  else if (socket.connected && rooms.join(' ') !== watched) follow(socket)
  else if (socket.connected) sayLiveState('connected')
}

/** One connection for as long as the page lives; it reconnects by itself and then asks for what was missed. */
function connect(): Socket {
  const live = io({ transports: ['websocket', 'polling'], tryAllTransports: true, withCredentials: true })
  sayLiveState('connecting')
  live.on('connect', () => follow(live))
  live.on('disconnect', () => sayLiveState('offline', { clock: clockText(serverNowMs()) }))
  live.on('event', (envelope: Envelope) => {
    if (memory.take(envelope)) refreshRoom(envelope.room)
  })
  live.on('reset', ({ room }: { room: string }) => {
    memory.reset(room, renderedMs())
    refreshRoom(room)
  })
  // A device that slept may have missed more than the connection noticed.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && !live.connected) live.connect()
  })
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) refreshAll()
  })
  return live
}

/** Names the rooms of this page, which the server joins or not, and asks for what came since it was made. */
function follow(live: Socket): void {
  const rooms = roomsOfPage()
  watched = rooms.join(' ')
  live.emit('watch', rooms, () => resume(live))
}

function resume(live: Socket): void {
  live.emit('resume', memory.lastIds(roomsOfPage(), renderedMs()), (answer: unknown) => {
    if (answer === 'retry') setTimeout(() => resume(live), RESUME_AGAIN_MS)
    else sayLiveState('connected')
  })
}

function renderedMs(): number {
  return Number(document.body.dataset['rendered'] ?? 0)
}
