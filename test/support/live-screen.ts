import type { Socket } from 'socket.io-client'
import { io } from 'socket.io-client'
import { eventually } from './database.ts'
import type { Screen } from './screens.ts'

/** What a screen hears. */
export interface Heard {
  readonly room: string
  readonly id: string
  readonly stream: string
  readonly seq: number
  readonly type: string
}

/** The live connection of somebody's screen, with nothing but what it hears. */
export interface LiveScreen {
  readonly heard: readonly Heard[]
  /** Waits until a fact of this type was heard. */
  hears(type: string): Promise<Heard>
  /** The line breaks; nothing is heard until it is mended. */
  breaks(): void
  /** Connects again and asks for everything since the last id of each room, as a page does. */
  mends(): Promise<void>
  close(): void
}

/** Follows a room from its beginning with the session of somebody who is signed in. */
export async function followLive(url: string, screen: Screen, room: string): Promise<LiveScreen> {
  const cookies = await screen.page.context().cookies(url)
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const heard: Heard[] = []
  const lastIds = new Map<string, string>([[room, '0-0']])
  const socket: Socket = io(url, { transports: ['websocket'], extraHeaders: { cookie }, reconnection: false })
  socket.on('event', (event: Heard) => {
    heard.push(event)
    lastIds.set(event.room, event.id)
  })
  const follow = async (): Promise<void> => {
    await eventually('the live connection', () => Promise.resolve(socket.connected))
    await socket.emitWithAck('watch', [room])
    await socket.emitWithAck('resume', Object.fromEntries(lastIds))
  }
  await follow()
  return {
    heard,
    hears: (type) => eventually(type, () => Promise.resolve(heard.find((event) => event.type === type))),
    breaks: () => void socket.disconnect(),
    async mends() {
      socket.connect()
      await follow()
    },
    close: () => void socket.disconnect(),
  }
}
