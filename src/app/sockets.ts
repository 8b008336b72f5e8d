import { createAdapter } from '@socket.io/redis-streams-adapter'
import type { RequestHandler } from 'express'
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io'
import { listenToFeed } from '../journal/index.ts'
import type { FindActor } from '../platform/http/index.ts'
import { serveLive, tellRoom } from '../realtime/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { PlatformServices } from './platform-services.ts'

export interface SocketNeeds {
  readonly platform: PlatformServices
  readonly sessions: RequestHandler
  readonly findActor: FindActor
  readonly maySee: (actor: Actor, room: string) => Promise<boolean>
}

/** Most bytes a page may send in one message. Pages only say what they show. */
const MAX_MESSAGE_BYTES = 16_384

/** Starts live events on the web server: sign-in, rooms, and the fresh envelopes of all counties. */
export async function startSockets(server: HttpServer, needs: SocketNeeds): Promise<Server> {
  const { platform } = needs
  const io = new Server(server, {
    adapter: createAdapter(platform.redis, { channelPrefix: `${platform.installation}:socket.io` }),
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    transports: ['websocket', 'polling'],
  })
  io.engine.use(needs.sessions)
  serveLive({ io, feed: platform.feed, findActor: actorOfSocket(needs.findActor), maySee: needs.maySee })
  await listenToFeed(platform.listener(), (county, envelope) => tellRoom(io, county, envelope))
  return io
}

/** The handshake carries the same cookie or token as any request; a token may also stand in `auth`. */
function actorOfSocket(findActor: FindActor): (socket: Socket) => Promise<Actor | undefined> {
  return async (socket) => {
    const { token } = socket.handshake.auth as { token?: unknown }
    const headers = { ...socket.handshake.headers }
    if (typeof token === 'string') headers.authorization = `Bearer ${token}`
    const get = (name: string): unknown => headers[name.toLowerCase()]
    const request: unknown = Object.create(socket.request, { get: { value: get } })
    return (await findActor(request as Parameters<FindActor>[0]))?.actor
  }
}
