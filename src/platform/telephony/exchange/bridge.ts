import { createDeferred } from './deferred.ts'
import type { Deferred } from './deferred.ts'
import type { Input } from './ears.ts'
import { hear, note, putDown } from './hearing.ts'
import { unlessInterrupted } from './interruption.ts'
import type { Leg } from './leg.ts'
import type { Switchboard } from './switchboard.ts'

/** A conversation: what one says, the others hear. It is over when only one is left. */
export interface Bridge {
  /**
   * Takes part until the conversation is over.
   *
   * @param leavesOn - a key with which this party leaves
   * @throws Interrupted when the leg ends or is given other instructions; the others are then alone
   */
  join(leg: Leg, signal: AbortSignal, leavesOn?: string): Promise<void>
  /** Ends the conversation for all. */
  close(): void
}

/** A conversation nobody has joined yet. */
export function createBridge(x: Switchboard): Bridge {
  const parties = new Map<Leg, Deferred<undefined>>()
  let closed = false

  function close(): void {
    closed = true
    for (const over of parties.values()) over.resolve(undefined)
  }

  function listen(leg: Leg, input: Input, leavesOn: string | undefined): void {
    if (input.kind === 'key' && input.key === leavesOn) parties.get(leg)?.resolve(undefined)
    if (input.kind !== 'speech') return
    for (const other of parties.keys()) if (other !== leg) hear(x, other, input.text, nameOf(leg))
  }

  return {
    close,
    async join(leg, signal, leavesOn) {
      if (closed) return
      const over = createDeferred<undefined>()
      const listener = {
        wants: (kind: Input['kind']) => parties.size > 1 && (kind === 'speech' || leavesOn !== undefined),
        take: (input: Input) => listen(leg, input, leavesOn),
      }
      parties.set(leg, over)
      leg.ears.attach(listener)
      if (parties.size > 1) connect(x, [...parties.keys()])
      try {
        await unlessInterrupted(over.promise, signal)
      } finally {
        leg.ears.detach(listener)
        parties.delete(leg)
        if (parties.size <= 1) close()
      }
    },
  }
}

/** Everybody hears with whom they talk, and then says what they came to say. */
function connect(x: Switchboard, parties: readonly Leg[]): void {
  for (const leg of parties) {
    const others = parties.filter((other) => other !== leg).map(nameOf)
    note(x, leg, `connected to ${others.join(', ')}`)
  }
  for (const leg of parties) {
    leg.ears.prompted((input) => {
      putDown(x, leg, input)
    })
  }
}

/** Whom the others take this party for: the phone that was called, or the number that calls. */
function nameOf({ facts }: Leg): string {
  return facts.direction === 'inbound' ? facts.from : facts.to
}
