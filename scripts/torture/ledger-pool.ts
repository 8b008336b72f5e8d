import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Crash } from './ledger-messages.ts'
import type { BookingProcess } from './ledger-process.ts'
import { startBooking } from './ledger-process.ts'

/** How long a process lives before it is killed at random. Milliseconds. */
const LIFE_MS = [30, 300] as const

/** Passes through a named point before the process dies there. */
const PASSES = [1, 5] as const

/** Deaths of a round; whoever is started after them lives, so that a round ends on the slowest machine too. */
const MOST_DEATHS = 6

/** Booking processes that are replaced when they die. */
export interface Pool {
  /** Any process that is alive now; a new one is started for each that died. */
  any(): Promise<BookingProcess>
  /** Ends the processes; answers how many had died before. */
  stop(): Promise<number>
}

/** Starts processes that die at a named point or, from outside, at random. */
export async function startPool(uri: string, processes: number, crash: Crash): Promise<Pool> {
  let deaths = 0
  const start = async (): Promise<BookingProcess> => {
    if (deaths > MOST_DEATHS - processes) return startBooking(uri)
    const started = await startBooking(uri, { crash, pass: randomInt(...PASSES) })
    if (crash === 'random') void sleep(randomInt(...LIFE_MS)).then(() => started.kill())
    return started
  }
  const slots = await Promise.all(Array.from({ length: processes }, start))
  const starting = new Map<number, Promise<BookingProcess>>()
  return {
    async any() {
      const slot = randomInt(processes)
      const held = slots[slot]
      if (held?.isAlive) return held
      const anew = starting.get(slot) ?? replace(slot)
      starting.set(slot, anew)
      return anew
    },
    async stop() {
      await Promise.all(starting.values())
      for (const one of slots) one.kill()
      await Promise.all(slots.map(({ gone }) => gone))
      return deaths
    },
  }

  async function replace(slot: number): Promise<BookingProcess> {
    deaths += 1
    const started = await start()
    slots[slot] = started
    starting.delete(slot)
    return started
  }
}
