import type { DivisionStore } from '../directory/divisions/index.ts'
import { toPlaceDivision } from '../directory/divisions/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Matcher, PlaceMatch } from './place/index.ts'
import { createMatcher } from './place/index.ts'

/** Reads places out of words, on the imported divisions. */
export interface Places {
  match(county: string, text: string): Promise<PlaceMatch>
}

interface PlacesNeeds {
  readonly divisions: DivisionStore
  readonly clock: Clock
}

/** How long a matcher is believed before the list's version is asked for again. Milliseconds of real time. */
const BELIEVED_MS = 2_000

interface Kept {
  readonly version: number
  readonly matcher: Matcher
}

/** Keeps one matcher in memory and makes a new one when a list was imported. */
export function createPlaces({ divisions, clock }: PlacesNeeds): Places {
  let kept: Promise<Kept> | undefined
  let checkedAt = -Infinity

  const load = async (before: Promise<Kept> | undefined): Promise<Kept> => {
    const version = await divisions.version()
    const known = await before?.catch(() => undefined)
    if (known?.version === version) return known
    const all = await divisions.all()
    return { version, matcher: createMatcher(all.map(toPlaceDivision)) }
  }

  const matcher = async (): Promise<Matcher> => {
    if (kept && performance.now() - checkedAt < BELIEVED_MS) return (await kept).matcher
    checkedAt = performance.now()
    const loading = load(kept)
    kept = loading
    loading.catch(() => {
      kept = undefined
    })
    return (await loading).matcher
  }

  return {
    match: async (county, text) => (await matcher()).match(text, { county, now: clock.now() }),
  }
}
