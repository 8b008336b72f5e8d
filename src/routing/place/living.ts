import type { Gazetteer } from './gazetteer.ts'

/** Whether a division no longer exists on the day. */
export function hasEnded(gazetteer: Gazetteer, division: number, today: number): boolean {
  return (gazetteer.validTo[division] ?? 0) <= today
}

/**
 * What a division stands for on a day: itself while it lives, then what it went into, and what that went into. One that
 * ended without a successor stands for itself; one that is yet to come stands for nothing.
 */
export function livingOf(gazetteer: Gazetteer, division: number, today: number): readonly number[] {
  if ((gazetteer.validFrom[division] ?? 0) > today) return []
  if (!hasEnded(gazetteer, division, today)) return [division]
  const living = new Set<number>()
  const seen = new Set<number>([division])
  for (const at of seen) {
    const isOver = hasEnded(gazetteer, at, today)
    const next = isOver ? (gazetteer.successors.get(at) ?? []) : []
    if (next.length > 0) for (const successor of next) seen.add(successor)
    else if (!isOver) living.add(at)
  }
  return living.size > 0 ? [...living] : [division]
}
