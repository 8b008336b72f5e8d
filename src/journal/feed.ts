import type { Redis } from 'ioredis'
import { channelName } from '../platform/redis/index.ts'
import type { OutboxRow } from './outbox-row.ts'

/** What a screen receives. Repeats are recognised by (stream, seq). */
export interface Envelope {
  readonly room: string
  /** Position in the room's feed; what a client resumes from. */
  readonly id: string
  readonly stream: string
  readonly seq: number
  readonly type: string
  /** RFC 3339. */
  readonly at: string
  readonly data: Readonly<Record<string, unknown>>
}

/** How long a room's feed can be resumed from. Milliseconds. Source: architecture, decision 2. */
const KEPT_MS = 48 * 3_600_000

/** More than this many missed events and the page reloads instead. */
const RESUME_LIMIT = 500

/** Channel on which a county's fresh envelopes reach the web processes. */
const CHANNEL = 'live:'

/**
 * Appends a row to each of its rooms and tells the web processes, only while the lease is still ours.
 *
 * KEYS: lease, then the rooms' feeds. ARGV: token, channel, oldest id to keep, lifetime ms, body, then the rooms.
 */
const APPEND = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
for i = 2, #KEYS do
  local id = redis.call('XADD', KEYS[i], 'MINID', '~', ARGV[3], '*', 'e', ARGV[5])
  redis.call('PEXPIRE', KEYS[i], ARGV[4])
  redis.call('PUBLISH', ARGV[2], cjson.encode({ARGV[i + 4], id}) .. ARGV[5])
end
return 1`

/** The ordered feed of every room. */
export interface Feed {
  /** Appends a row to its rooms. False when the lease was lost: somebody else announces now. */
  append(lease: { key: string; token: string }, row: OutboxRow, rooms: readonly string[]): Promise<boolean>
  /** What a room got after an id; `reset` when that is too far back. */
  since(county: string, room: string, lastId: string): Promise<readonly Envelope[] | 'reset'>
  /** The id of a room's newest event, `0-0` when it has none. */
  lastId(county: string, room: string): Promise<string>
}

/** Feeds kept as Redis streams. */
export function createFeed(redis: Redis): Feed {
  redis.defineCommand('jjnAppend', { lua: APPEND })
  const append = redis as Redis & { jjnAppend(keyCount: number, ...args: (string | number)[]): Promise<number> }

  return {
    async append(lease, row, rooms) {
      const oldest = `${Date.now() - KEPT_MS}-0`
      const keys = [lease.key, ...rooms.map((room) => feedKey(row.county, room))]
      const args = [lease.token, channelName(redis, CHANNEL + row.county), oldest, KEPT_MS, bodyOf(row), ...rooms]
      return (await append.jjnAppend(keys.length, ...keys, ...args)) === 1
    },

    async since(county, room, lastId) {
      const key = feedKey(county, room)
      const entries = await redis.xrange(key, `(${lastId}`, '+', 'COUNT', RESUME_LIMIT + 1)
      if (entries.length > RESUME_LIMIT || (await isTrimmed(redis, key, lastId))) return 'reset'
      return entries.map(([id, fields]) => envelopeOf(room, id, fields[1] ?? ''))
    },

    async lastId(county, room) {
      const [newest] = await redis.xrevrange(feedKey(county, room), '+', '-', 'COUNT', 1)
      return newest?.[0] ?? '0-0'
    },
  }
}

/** Listens for fresh envelopes of all counties on a connection of its own. */
export async function listenToFeed(
  subscriber: Redis,
  heard: (county: string, envelope: Envelope) => void,
): Promise<void> {
  const all = channelName(subscriber, CHANNEL)
  subscriber.on('pmessage', (_pattern, channel: string, message: string) => {
    const split = message.indexOf(']') + 1
    const [room, id] = JSON.parse(message.slice(0, split)) as [string, string]
    heard(channel.slice(all.length), envelopeOf(room, id, message.slice(split)))
  })
  await subscriber.psubscribe(`${all}*`)
}

/** A feed that lost events between the client's last id and its oldest entry cannot be resumed. */
async function isTrimmed(redis: Redis, key: string, lastId: string): Promise<boolean> {
  const [time] = lastId.split('-')
  return Number(time) > 0 && Number(time) < Date.now() - KEPT_MS && (await redis.exists(key)) === 1
}

function bodyOf(row: OutboxRow): string {
  const { stream, seq, type, at, data } = row
  return JSON.stringify({ stream, seq, type, at: at.toISOString(), data })
}

function envelopeOf(room: string, id: string, body: string): Envelope {
  return { room, id, ...(JSON.parse(body) as Omit<Envelope, 'room' | 'id'>) }
}

function feedKey(county: string, room: string): string {
  return `feed:${county}:${room}`
}
