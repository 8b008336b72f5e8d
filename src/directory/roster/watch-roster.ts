import type { InTransaction, Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { systemActor } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { newId } from '../../shared/ids.ts'
import type { HotlineStore } from '../hotlines/hotline-store.ts'
import { openStretches } from '../hotlines/hotline.ts'
import type { Span } from '../span.ts'
import { cut } from '../span.ts'
import { isOver } from '../validity.ts'
import type { Gap } from './gaps.ts'
import { gapsOf } from './gaps.ts'
import { rosterFact } from './roster-events.ts'
import type { ReportedGap } from './roster-model.ts'
import type { RosterStore } from './roster-store.ts'

export interface WatchRosterServices {
  readonly roster: RosterStore
  readonly hotlines: HotlineStore
  readonly clock: Clock
  readonly inTransaction: InTransaction
}

/** How far ahead an unmanned shift is looked for. Milliseconds, 24 hours. Source: M005, "before the shift begins". */
const AHEAD_MS = 24 * 3_600_000

/** How far a gap is followed to its end. Milliseconds, 48 hours; one that lasts longer is reported again then. */
const FOLLOWED_MS = 48 * 3_600_000

/**
 * Looks 24 hours ahead for times in which a township or an open hotline has nobody on its roster: `roster.gap` once per gap, `roster.gap_filled`
 * when somebody was found. Called every minute by a worker; between changes it writes nothing.
 *
 * @returns the gaps there are now
 */
export async function watchRoster(services: WatchRosterServices, county: string): Promise<readonly Gap[]> {
  const { roster, clock, inTransaction } = services
  const now = clock.now()
  const found = await findGaps(services, county, { from: now, to: new Date(now.getTime() + FOLLOWED_MS) })
  const gaps = found.filter(({ from }) => from.getTime() < now.getTime() + AHEAD_MS)
  if (!differ(await roster.reportedGaps(county), gaps)) return gaps

  const key = `roster-watch/${newId()}`
  const by: By = { actor: systemActor(county), key, bodyHash: key }
  await inTransaction(by, (tx) => reportGaps(roster, tx, gaps))
  return gaps
}

/** Every gap of a county's townships and hotlines in a span. */
export async function findGaps(
  { roster, hotlines }: Pick<WatchRosterServices, 'roster' | 'hotlines'>,
  county: string,
  span: Span,
): Promise<readonly Gap[]> {
  const book = await roster.book(county)
  const townships = book.units.ofKind('township', span.from)
  const lines = (await hotlines.list(county)).filter((line) => !isOver(line, span.from))
  return [
    ...townships.flatMap(({ _id }) => gapsOf(book, { unit: _id }, span)),
    ...lines.flatMap((line) =>
      gapsOf(book, { unit: line.unit, line: line._id }, span, (open) => openStretches(line.hours, open)),
    ),
  ]
}

async function reportGaps(roster: RosterStore, tx: Tx, gaps: readonly Gap[]): Promise<object> {
  const reported = await roster.reportedGaps(tx.county, tx)
  const fresh = gaps.filter((gap) => !reported.some((known) => isSame(known, gap)))
  const gone = reported.filter((known) => !gaps.some((gap) => isSame(known, gap)))
  for (const gap of fresh) {
    await roster.insertGap({ _id: newId(), county: tx.county, ...gap }, tx)
    tx.announce(rosterFact('roster.gap', gap.unit, gapData(gap)))
  }
  const ids = gone.map(({ _id }) => _id)
  if (ids.length > 0) await roster.removeGaps(tx.county, ids, tx)
  const filled = gone.filter(({ to }) => to > tx.at)
  for (const gap of filled) tx.announce(rosterFact('roster.gap_filled', gap.unit, gapData(gap)))
  return {}
}

function differ(reported: readonly ReportedGap[], gaps: readonly Gap[]): boolean {
  const isKnown = (gap: Gap) => reported.some((known) => isSame(known, gap))
  return !gaps.every(isKnown) || reported.some((known) => !gaps.some((gap) => isSame(known, gap)))
}

/** A gap stays the same while the clock eats its beginning or its end comes into sight. */
function isSame(known: ReportedGap, gap: Gap): boolean {
  return known.unit === gap.unit && known.line === gap.line && cut(known, gap) !== undefined
}

function gapData({ line, from, to }: Gap | ReportedGap): { line?: string; from: string; to: string } {
  return { ...(line === undefined ? {} : { line }), from: from.toISOString(), to: to.toISOString() }
}
