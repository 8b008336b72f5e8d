import { systemActor } from '../shared/actor.ts'
import { newId } from '../shared/ids.ts'
import { keepDoing } from '../platform/keep-doing.ts'
import type { HandedOn, HandOnServices } from './hand-on.ts'
import { handOnCases } from './hand-on.ts'

/** What a look found: who had to be relieved, and which cases nobody answers for. */
export interface OwnersSeen {
  readonly handed: readonly HandedOn[]
  readonly unowned: readonly string[]
}

/**
 * Looks whether every open case of a county has exactly one responsible unit and person who can answer for it now. Cases of somebody who left, lost
 * the role or is away since are handed on, should a reaction have been missed or an absence have begun; what nobody answers for raises an alarm.
 *
 * Source: M008, "every HELP intake has exactly one responsible unit and one responsible person at all times".
 */
export async function watchOwners(services: HandOnServices, county: string): Promise<OwnersSeen> {
  const { cases, log } = services
  const handed: HandedOn[] = []
  for (const staffId of await cases.ownersOf(county)) {
    const key = `watch-owners/${newId()}`
    const looked = await handOnCases(services, { staffId }, { actor: systemActor(county), key, bodyHash: key })
    handed.push(...looked.filter(({ outcome }) => outcome !== 'stays'))
  }
  const stuck = handed.filter(({ outcome }) => outcome === 'nobody').map(({ no }) => no)
  const unowned = [...(await cases.unownedNos(county)), ...stuck]
  if (unowned.length > 0) log.error({ county, cases: unowned }, 'nobody answers for these cases: act at once')
  return { handed, unowned }
}

/** How often owners are looked at. Milliseconds of real time. */
const LOOK_MS = 30_000

/**
 * Keeps looking as long as the process lives. Several workers may do so at once: a case is handed on once.
 *
 * @returns stops it and waits for the look under way
 */
export function keepOwned(
  services: HandOnServices & { readonly counties: () => Promise<readonly string[]> },
): () => Promise<void> {
  const look = async (): Promise<void> => {
    for (const county of await services.counties()) await watchOwners(services, county)
  }
  return keepDoing(look, LOOK_MS, (error) =>
    services.log.error({ err: error }, 'owners of cases could not be looked at; trying again'),
  )
}
