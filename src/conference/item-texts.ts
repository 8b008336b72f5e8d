import type { FieldVault, SealedText } from '../platform/privacy/index.ts'
import type { ConferenceItem } from './item.ts'
import type { PlainResolution } from './resolve.ts'

/** The sealed texts of an item in clear, for those who may read it. */
export interface ItemTexts {
  readonly reason: string
  readonly returnReason: string | undefined
  /** In the order of the opinions. */
  readonly opinions: readonly string[]
  readonly resolution: PlainResolution | undefined
}

export function itemTexts(vault: FieldVault, item: ConferenceItem): ItemTexts {
  const open = (field: string, sealed: SealedText): string =>
    vault.open(sealed, { collection: 'conference_items', field, record: item._id })
  return {
    reason: open('reason', item.reason),
    returnReason: item.returnReason && open('returnReason', item.returnReason),
    opinions: item.opinions.map(({ text }, index) => open(`opinion.${index}`, text)),
    resolution: item.resolution && {
      ...item.resolution,
      caseNo: item.caseNo,
      presentUnits: [...item.resolution.presentUnits],
      text: open('resolution.text', item.resolution.text),
      measures: item.resolution.measures.map((measure, index) => ({
        ...measure,
        text: open(`measure.${index}`, measure.text),
      })),
    },
  }
}
