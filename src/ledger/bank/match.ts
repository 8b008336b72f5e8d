import type { FundId } from '../fund.ts'

/** How a line of the bank and an entry came together. */
export const MATCH_WAYS = ['reference', 'amount', 'hand', 'suspense'] as const

export type MatchWay = (typeof MATCH_WAYS)[number]

/** Why the bank's line has no entry of its own. Codes; the story stands with the papers. */
export const SUSPENSE_REASONS = ['bank_fee', 'interest', 'bank_error', 'unknown_payer', 'unknown_payment'] as const

export type SuspenseReason = (typeof SUSPENSE_REASONS)[number]

/**
 * A line of the bank and what explains it: one line, one entry. Found by rule, or proposed by one person and confirmed by another. It never
 * changes an entry; a difference makes an entry of its own through `suspense`.
 */
export interface BankMatch {
  /** Id of the line. */
  readonly _id: string
  readonly county: string
  readonly fundId: FundId
  readonly state: 'proposed' | 'confirmed'
  readonly way: MatchWay
  /** Absent while a difference is proposed: its entry is made when it is confirmed. */
  readonly entryId?: string
  readonly reason?: SuspenseReason
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly confirmedBy?: string
  readonly confirmedAt?: Date
}

/** An entry as the bank should show it. */
export interface BankSide {
  readonly entryId: string
  readonly seq: number
  /** Day of the event. */
  readonly on: string
  /** What it changed at the bank: more above zero, less below. Fen. */
  readonly amountFen: number
}

/** The bank's own number for an entry, known from its answer to a payment file. */
export interface EntryReference {
  readonly reference: string
  readonly entryId: string
}

interface OpenLine {
  readonly _id: string
  readonly on: string
  readonly reference: string
  readonly amountFen: number
}

/** A pair that the rules found. */
export interface FoundMatch {
  readonly lineId: string
  readonly entryId: string
  readonly way: 'reference' | 'amount'
}

/**
 * Pairs lines with entries: first by the bank's reference, then by amount and day where exactly one of each is possible.
 *
 * @param windowDays - how many days apart a line and its entry may lie
 */
export function findMatches(
  lines: readonly OpenLine[],
  entries: readonly BankSide[],
  references: readonly EntryReference[],
  windowDays: number,
): FoundMatch[] {
  const byReference = matchReferences(lines, entries, references)
  const taken = new Set(byReference.flatMap(({ lineId, entryId }) => [lineId, entryId]))
  const free = {
    lines: lines.filter(({ _id }) => !taken.has(_id)),
    entries: entries.filter(({ entryId }) => !taken.has(entryId)),
  }
  return [...byReference, ...matchAmounts(free.lines, free.entries, windowDays)]
}

function matchReferences(
  lines: readonly OpenLine[],
  entries: readonly BankSide[],
  references: readonly EntryReference[],
): FoundMatch[] {
  const open = new Map(entries.map((entry) => [entry.entryId, entry]))
  const byKey = new Map<string, BankSide | 'several'>()
  for (const { reference, entryId } of references) {
    const entry = open.get(entryId)
    if (!entry) continue
    const key = `${reference}|${entry.amountFen}`
    byKey.set(key, byKey.has(key) ? 'several' : entry)
  }
  const used = new Set<string>()
  return lines.flatMap(({ _id, reference, amountFen }) => {
    const entry = byKey.get(`${reference}|${amountFen}`)
    if (!entry || entry === 'several' || used.has(entry.entryId)) return []
    used.add(entry.entryId)
    return [{ lineId: _id, entryId: entry.entryId, way: 'reference' as const }]
  })
}

/** Only what is beyond doubt: a line with one possible entry whose only possible line it is. */
function matchAmounts(lines: readonly OpenLine[], entries: readonly BankSide[], windowDays: number): FoundMatch[] {
  const entriesBy = groupByAmount(entries)
  const linesBy = groupByAmount(lines)
  return lines.flatMap((line) => {
    const possible = near(line, entriesBy.get(line.amountFen) ?? [], windowDays)
    const [entry] = possible
    if (!entry || possible.length > 1) return []
    return near(entry, linesBy.get(entry.amountFen) ?? [], windowDays).length === 1
      ? [{ lineId: line._id, entryId: entry.entryId, way: 'amount' as const }]
      : []
  })
}

function groupByAmount<One extends { readonly amountFen: number }>(all: readonly One[]): Map<number, One[]> {
  const groups = new Map<number, One[]>()
  for (const one of all) groups.set(one.amountFen, [...(groups.get(one.amountFen) ?? []), one])
  return groups
}

function near<One extends { readonly on: string }>(
  { on }: { readonly on: string },
  candidates: readonly One[],
  windowDays: number,
): One[] {
  return candidates.filter((one) => Math.abs(Date.parse(one.on) - Date.parse(on)) <= windowDays * 86_400_000)
}
