import type { Server, Socket } from 'socket.io'
import { z } from 'zod'
import type { Envelope, Feed } from '../journal/index.ts'
import type { Actor } from '../shared/actor.ts'
import { ownRooms } from './own-rooms.ts'

export interface LiveServerNeeds {
  readonly io: Server
  readonly feed: Feed
  /** Who connects, from the session cookie or the bearer token of the handshake. */
  readonly findActor: (socket: Socket) => Promise<Actor | undefined>
  /** Whether an actor may see what happens in a room it is not in by its roles, such as one case. */
  readonly maySee: (actor: Actor, room: string) => Promise<boolean>
}

/** A page shows few things at once. */
const MOST_ROOMS = 50

const watchSchema = z.array(z.string().regex(/^[a-z]+:[\w.-]{1,64}$/u)).max(MOST_ROOMS)
const resumeSchema = z
  .record(z.string(), z.string().regex(/^\d+-\d+$/))
  .refine((rooms) => Object.keys(rooms).length <= MOST_ROOMS)

type Reply = (answer: unknown) => void

/**
 * Lets signed-in pages hear what happens in the rooms they may see.
 *
 * The server joins rooms, by role at once and by permission when a page says what it shows; a wish alone joins nothing. After a reconnect
 * the page sends the last id per room and gets what it missed, in order, or `reset` when that is too far back.
 */
export function serveLive({ io, feed, findActor, maySee }: LiveServerNeeds): void {
  io.use((socket, next) => {
    findActor(socket).then(
      (actor) => {
        if (actor) (socket.data as { actor: Actor }).actor = actor
        next(actor ? undefined : new Error('auth.required'))
      },
      () => next(new Error('auth.unavailable')),
    )
  })

  io.on('connection', (socket) => {
    const actor = actorOf(socket)
    const rooms = ownRooms(actor)
    void socket.join(rooms.map((room) => roomKey(actor.county, room)))
    socket.emit('joined', rooms)
    socket.on('watch', (wish: unknown, reply?: Reply) => void watch(socket, wish, reply).catch(() => reply?.([])))
    socket.on(
      'resume',
      (wish: unknown, reply?: Reply) => void resume(socket, wish, reply).catch(() => reply?.('retry')),
    )
  })

  async function watch(socket: Socket, wish: unknown, reply?: Reply): Promise<void> {
    const actor = actorOf(socket)
    const joined: string[] = []
    for (const room of watchSchema.parse(wish)) {
      if (!socket.rooms.has(roomKey(actor.county, room)) && !(await maySee(actor, room))) continue
      await socket.join(roomKey(actor.county, room))
      joined.push(room)
    }
    reply?.(joined)
  }

  async function resume(socket: Socket, wish: unknown, reply?: Reply): Promise<void> {
    const actor = actorOf(socket)
    for (const [room, lastId] of Object.entries(resumeSchema.parse(wish))) {
      if (!socket.rooms.has(roomKey(actor.county, room))) continue
      const missed = await feed.since(actor.county, room, lastId)
      if (missed === 'reset') socket.emit('reset', { room })
      else for (const envelope of missed) socket.emit('event', envelope)
    }
    reply?.('resumed')
  }
}

/** Hands a fresh envelope to the sockets of this process that are in its room. */
export function tellRoom(io: Server, county: string, envelope: Envelope): void {
  io.local.to(roomKey(county, envelope.room)).emit('event', envelope)
}

function actorOf(socket: Socket): Actor {
  return (socket.data as { actor: Actor }).actor
}

/** Numbers such as a case's are unique in a county only, so rooms are kept per county. */
function roomKey(county: string, room: string): string {
  return `${county}/${room}`
}
