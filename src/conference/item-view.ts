import type { ConferenceItem } from './item.ts'
import type { ItemTexts } from './item-texts.ts'

/** An item in a list of the API: states, ids, sums. */
export function itemView(item: ConferenceItem): object {
  const { id, version, caseNo, unit, urgency, triggers, state, proposedBy, calledUnits } = item
  return {
    id,
    version,
    caseNo,
    unit,
    urgency,
    triggers,
    state,
    proposedBy,
    proposedAt: item.proposedAt.toISOString(),
    acceptedAt: item.accepted?.at.toISOString() ?? null,
    conveneBy: item.conveneBy.toISOString(),
    meetingAt: item.meetingAt?.toISOString() ?? null,
    calledUnits,
    opinions: item.opinions.map(({ unit: from, at, stance, offerFen }) => ({
      unit: from,
      at: at.toISOString(),
      stance,
      offerFen,
    })),
    recusals: item.recusals.map(({ unit: from, staffId, at }) => ({ unit: from, staffId, at: at.toISOString() })),
    resolutionNo: item.resolution?.no ?? null,
  }
}

/** One item with everything that is read before and in the meeting. */
export function itemDetail(item: ConferenceItem, texts: ItemTexts): object {
  const { resolution } = item
  return {
    ...itemView(item),
    reason: texts.reason,
    returnReason: texts.returnReason ?? null,
    opinions: item.opinions.map(({ unit, at, stance, offerFen }, index) => ({
      unit,
      at: at.toISOString(),
      stance,
      offerFen,
      text: texts.opinions[index],
    })),
    resolution:
      resolution && texts.resolution
        ? {
            no: resolution.no,
            text: texts.resolution.text,
            presentUnits: resolution.presentUnits,
            positions: resolution.positions,
            measures: texts.resolution.measures.map(({ unit, text, amountFen, dueAt }) => ({
              unit,
              text,
              amountFen,
              dueAt: dueAt.toISOString(),
            })),
            quorum: resolution.quorum,
            chairId: resolution.chairId,
            resolvedAt: resolution.resolvedAt.toISOString(),
            digest: resolution.digest,
          }
        : null,
  }
}
