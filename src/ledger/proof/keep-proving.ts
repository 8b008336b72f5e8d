import { keepDoing } from '../../platform/keep-doing.ts'
import { systemActor } from '../../shared/actor.ts'
import { chinaDay, chinaMonth, dayPlus } from '../../shared/china-day.ts'
import type { ClosePeriodServices } from '../periods/close-period.ts'
import { closeMonth } from '../periods/close-month.ts'
import { nextToClose } from '../periods/months.ts'
import type { SealServices } from '../periods/seal-months.ts'
import { sealMonths } from '../periods/seal-months.ts'
import type { ProofServices } from './make-checkpoint.ts'
import { makeCheckpoint } from './make-checkpoint.ts'

/** What a round of proving works with. */
export interface ProvingServices extends ClosePeriodServices, SealServices, ProofServices {
  /** On which day of the next month a county's month is closed by itself; 0 leaves it to people. */
  readonly closeDay: (county: string, at: Date) => Promise<number>
  readonly log: { warn(details: object, message: string): void; error(details: object, message: string): void }
}

/**
 * One round for a county: seals what is closed, and signs a checkpoint when a seal is not under one yet, or once a day when
 * something was booked.
 */
export async function proveCounty(services: ProvingServices, county: string): Promise<void> {
  const { broken } = await sealMonths(services, county)
  for (const { fundId, error } of broken) services.log.error({ err: error, fundId }, 'a month could not be sealed')
  if (await isCheckpointDue(services, county)) await makeCheckpoint(services, county)
}

/**
 * Closes the last month of a county when its day has come and people have not done it. What is refused stays open, is seen on the
 * county's page, and is tried again the next day.
 */
export async function closeDueMonth(services: ProvingServices, county: string): Promise<void> {
  const now = services.clock.now()
  const day = await services.closeDay(county, now)
  const today = chinaDay(now)
  if (day === 0 || Number(today.slice(8)) < day) return
  const period = monthBefore(chinaMonth(now))
  const heads = await services.ledger.headsOf(county)
  if (!heads.some((head) => head.status === 'open' && nextToClose(head) <= period)) return
  const key = `close-month/${county}/${today}`
  await closeMonth(services, { period }, { actor: systemActor(county), key, bodyHash: key })
}

/** The month before one: `2026-12` → `2026-11`. */
export function monthBefore(month: string): string {
  return dayPlus(`${month}-01`, -1).slice(0, 7)
}

async function isCheckpointDue(services: ProvingServices, county: string): Promise<boolean> {
  const { checkpointStore, ledger, seals, clock } = services
  const heads = await ledger.headsOf(county)
  if (heads.length === 0) return false
  const last = await checkpointStore.newest(county)
  if (!last) return true
  const pointOf = new Map(last.points.map((point) => [point.fundId, point.seq]))
  const isBehind = heads.some(({ fundId, seq }) => seq > (pointOf.get(fundId) ?? 0))
  if (!isBehind) return false
  const isUncovered = (await seals.list(county)).some(({ fundId, bySeq }) => bySeq > (pointOf.get(fundId) ?? 0))
  return isUncovered || chinaDay(new Date(last.at)) < chinaDay(clock.now())
}

export interface KeepProvingServices extends ProvingServices {
  /** The counties served. */
  readonly counties: () => Promise<readonly string[]>
}

/** How often a county is looked at; between changes it writes nothing. Milliseconds of real time. */
const LOOK_MS = 30_000

/**
 * Keeps closing, sealing and signing as long as the process lives. Several workers may do so at once.
 *
 * @returns stops it and waits for the look under way
 */
export function keepProving(services: KeepProvingServices): () => Promise<void> {
  const look = async (): Promise<void> => {
    for (const county of await services.counties()) {
      await closeDueMonth(services, county)
      await proveCounty(services, county)
    }
  }
  return keepDoing(look, LOOK_MS, (error) =>
    services.log.warn({ err: error }, 'the ledger could not be proven; trying again'),
  )
}
