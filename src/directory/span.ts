/** A stretch of time: from the first moment until just before the second. */
export interface Span {
  readonly from: Date
  readonly to: Date
}

/** What two spans have in common. */
export function cut(one: Span, other: Span): Span | undefined {
  const from = one.from > other.from ? one.from : other.from
  const to = one.to < other.to ? one.to : other.to
  return from < to ? { from, to } : undefined
}

/** Spans in order, those that touch or overlap made one. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const result: { from: Date; to: Date }[] = []
  for (const { from, to } of [...spans].sort((one, other) => one.from.getTime() - other.from.getTime())) {
    const last = result.at(-1)
    if (!last || last.to < from) result.push({ from, to })
    else if (last.to < to) last.to = to
  }
  return result
}
