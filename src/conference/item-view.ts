import type { ConferenceItem } from './item.ts'

/** An item as the API shows it: states, ids, sums; texts stand on the page. */
export function itemView(item: ConferenceItem): object {
  const {
    id,
    version,
    caseNo,
    urgency,
    trigger,
    state,
    proposedBy,
    proposedAt,
    conveneBy,
    meetingAt,
    calledUnits,
    resolution,
  } = item
  return {
    id,
    version,
    caseNo,
    urgency,
    trigger,
    state,
    proposedBy,
    proposedAt: proposedAt.toISOString(),
    conveneBy: conveneBy.toISOString(),
    meetingAt: meetingAt?.toISOString() ?? null,
    calledUnits,
    opinions: item.opinions.map(({ unit, at, offerFen }) => ({ unit, at: at.toISOString(), offerFen })),
    resolution: resolution
      ? {
          no: resolution.no,
          digest: resolution.digest,
          resolvedAt: resolution.resolvedAt.toISOString(),
          presentUnits: resolution.presentUnits,
          measures: resolution.measures.map(({ unit, amountFen, dueAt }) => ({
            unit,
            amountFen,
            dueAt: dueAt.toISOString(),
          })),
        }
      : null,
  }
}
