import { createHash } from 'node:crypto'
import { withChange, withoutObligation } from '../cases/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { DomainError } from '../shared/errors.ts'
import type { ConferenceServices, ItemAnswer, OnItem } from './act-on-item.ts'
import { actOnItem, announceItem, inState } from './act-on-item.ts'
import type { ResolutionForm } from './conference-forms.ts'
import type { ConferenceItem, Resolution } from './item.ts'

/**
 * Records what the conference decided: numbered, complete, never changed again. Its digest stands in the journal.
 *
 * Civil affairs, finance and every department that is given a measure must have been present. Source: default for conference.quorum (chosen; N21).
 *
 * @throws DomainError `conference.no_quorum` naming who is missing, `conference.not_called`, and those of `actOnItem`
 */
export function resolveItem(
  services: ConferenceServices & { readonly vault: FieldVault },
  input: OnItem & ResolutionForm,
  by: By,
): Promise<ItemAnswer> {
  return actOnItem(services, 'conference.resolve', input, by, async (tx, item, found) => {
    requireQuorum(item, input)
    const year = String(new Date(tx.at.getTime() + 8 * 3_600_000).getUTCFullYear())
    const mark = `${tx.county}-${year}-`
    const count = await services.conferences.countResolutions(tx, mark)
    const no = `${mark}${String(count + 1).padStart(2, '0')}`
    const resolution = sealedResolution(services.vault, item, input, no, tx.at, by)
    const resolved = inState(item, 'RESOLVED', { resolution })
    const obligations = withoutObligation(found, 'conference', item.id)
    await services.cases.save(tx, found, withChange(found, { obligations }, tx.at))
    announceItem(tx, resolved, 'conference.resolved', {
      resolutionNo: no,
      digest: resolution.digest,
      measures: resolution.measures.length,
    })
    for (const { unit, amountFen } of resolution.measures)
      announceItem(tx, resolved, 'conference.measure_given', { toUnit: unit, amountFen })
    return resolved
  })
}

/** @throws DomainError `conference.no_quorum` */
function requireQuorum(item: ConferenceItem, { presentUnits, measures }: ResolutionForm): void {
  const needed = [item.county, `${item.county}-finance`, ...measures.map(({ unit }) => unit)]
  const missing = [...new Set(needed)].filter((unit) => !presentUnits.includes(unit))
  if (missing.length > 0)
    throw new DomainError('conference.no_quorum', 'Somebody who is needed was not present', { missing })
}

function sealedResolution(
  vault: FieldVault,
  item: ConferenceItem,
  input: ResolutionForm,
  no: string,
  at: Date,
  by: By,
): Resolution {
  const seal = (field: string, text: string) =>
    vault.seal(text, { collection: 'conference_items', field, record: item._id })
  const plain = {
    no,
    caseNo: item.caseNo,
    text: input.text,
    presentUnits: input.presentUnits,
    measures: input.measures.map(({ unit, text, amountFen, dueAt }) => ({
      unit,
      text,
      amountFen,
      dueAt: dueAt.toISOString(),
    })),
    resolvedAt: at.toISOString(),
  }
  return {
    no,
    text: seal('resolution.text', input.text),
    measures: input.measures.map((measure, index) => ({ ...measure, text: seal(`measure.${index}`, measure.text) })),
    presentUnits: input.presentUnits,
    resolvedAt: at,
    resolvedBy: by.actor.staffId,
    digest: createHash('sha256').update(canonicalJson(plain)).digest('hex'),
  }
}
