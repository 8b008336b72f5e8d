/** A fact as the server sends it to a room. Source: interface, "Live events". */
export interface Envelope {
  readonly room: string
  readonly id: string
  readonly stream: string
  readonly seq: number
}

/** Remembers where each room stands and what was already seen. */
export interface RoomMemory {
  /** Takes an envelope in. False when it is a repeat. */
  take(envelope: Envelope): boolean
  /** Last id per room, to resume from; rooms never heard from resume from when the page was made. */
  lastIds(rooms: readonly string[], renderedMs: number): Record<string, string>
  /** A room was read anew as a whole, at this time of the server. */
  reset(room: string, renderedMs: number): void
}

/** Facts may be announced this long after the change they tell of could be read. Milliseconds. */
const MARGIN_MS = 1000

/** A memory that drops repeats by room, stream and sequence, in whatever order they come. */
export function createRoomMemory(): RoomMemory {
  const last = new Map<string, string>()
  const seen = new Map<string, number>()
  const since = (renderedMs: number) => `${Math.max(0, Math.floor(renderedMs) - MARGIN_MS)}-0`
  return {
    take: ({ room, id, stream, seq }) => {
      const key = `${room} ${stream}`
      const known = seen.get(key) ?? -1
      if (comesAfter(id, last.get(room))) last.set(room, id)
      if (seq <= known) return false
      seen.set(key, seq)
      return true
    },
    lastIds: (rooms, renderedMs) =>
      Object.fromEntries(rooms.map((room) => [room, last.get(room) ?? since(renderedMs)])),
    reset: (room, renderedMs) => void last.set(room, since(renderedMs)),
  }
}

/** Compares feed ids, `milliseconds-sequence`. */
function comesAfter(id: string, other: string | undefined): boolean {
  if (other === undefined) return true
  const [ms = 0, seq = 0] = id.split('-').map(Number)
  const [otherMs = 0, otherSeq = 0] = other.split('-').map(Number)
  return ms > otherMs || (ms === otherMs && seq > otherSeq)
}
