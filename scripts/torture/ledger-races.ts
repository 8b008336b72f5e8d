import { createSender } from './ledger-clients.ts'
import type { BookingProcess } from './ledger-process.ts'
import type { LedgerWorld } from './ledger-world.ts'
import { anOrder, checkWorld } from './ledger-world.ts'

/** Races run side by side. */
const ABREAST = 16

const ORDER_FEN = 100

/** One of these wins; the others are told that the hold is over. */
const ENDINGS = ['post-hold', 'void-hold', 'expire-hold'] as const

const ONE_WINNER = ['done', 'hold.not_pending', 'hold.not_pending'].join()

/**
 * Lets paying, taking back and expiring race for one hold after the other, through several processes.
 *
 * @returns how often each of the three won
 * @throws Error when a hold was resolved twice or not at all, or the ledger does not verify
 */
export async function raceEndings(
  world: LedgerWorld,
  processes: readonly BookingProcess[],
  races: number,
): Promise<Record<(typeof ENDINGS)[number], number>> {
  const fundId = await world.newFund(races * ORDER_FEN)
  const expired = new Date(Date.now() - 3_600_000).toISOString()
  let turn = 0
  const sender = createSender(world.county, () => {
    turn += 1
    return processes[turn % processes.length] as BookingProcess
  })
  const won = { 'post-hold': 0, 'void-hold': 0, 'expire-hold': 0 }
  let left = races
  const racer = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const { holdId = '' } = await sender.send('D-1', anOrder(fundId, ORDER_FEN, expired))
      const replies = await Promise.all(ENDINGS.map((ending) => sender.send('K-1', { do: ending, holdId })))
      const codes = replies.map(({ code }) => code ?? 'done')
      if ([...codes].sort().join() !== ONE_WINNER) throw new Error(`${holdId} ended ${codes.join(', ')}`)
      won[ENDINGS[codes.indexOf('done')] ?? 'post-hold'] += 1
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, racer))
  await checkWorld(world, sender.sent, [fundId])
  const head = await world.services.ledger.head(world.county, fundId)
  if (head?.held.bank !== 0) throw new Error(`${fundId} still holds ${head?.held.bank}`)
  return won
}
