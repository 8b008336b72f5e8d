import { createHash } from 'node:crypto'
import { withChange, withoutObligation } from '../cases/index.ts'
import type { Tx } from '../journal/index.ts'
import { isDuplicateKey } from '../journal/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { Policies, Rule } from '../policy/index.ts'
import { ruleOf } from '../policy/index.ts'
import type { By } from '../shared/actor.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { chinaYear } from '../shared/china-day.ts'
import type { ConferenceServices, ItemAnswer, OnItem } from './act-on-item.ts'
import { actOnItem, announceItem, inState } from './act-on-item.ts'
import type { ResolutionForm } from './conference-forms.ts'
import type { ConferenceItem, Position, Resolution } from './item.ts'
import { positionsOf } from './positions.ts'
import { requireConsent, requireQuorum } from './quorum.ts'

export interface ResolveServices extends ConferenceServices {
  readonly policies: Policies
  readonly vault: FieldVault
}

/** Two secretaries may file at once and draw the same number; the later one draws again. */
const MAX_DRAWS = 5

/**
 * Records what the conference decided: numbered, complete, never changed again. Its digest stands in the journal. Dissent and silence are part of
 * it, and so is the rule by which enough were present.
 *
 * @throws DomainError `conference.no_quorum`, `conference.not_agreed`, `conference.not_called`, and those of `actOnItem`
 */
export async function resolveItem(
  services: ResolveServices,
  input: OnItem & ResolutionForm,
  by: By,
): Promise<ItemAnswer> {
  for (let draw = 1; ; draw += 1) {
    try {
      return await actOnItem(services, 'conference.resolve', input, by, (tx, item, found) =>
        resolve(services, tx, input, item, found),
      )
    } catch (error) {
      if (!isDuplicateKey(error) || draw === MAX_DRAWS) throw error
    }
  }
}

async function resolve(
  services: ResolveServices,
  tx: Tx,
  input: ResolutionForm,
  item: ConferenceItem,
  found: Parameters<typeof withChange>[0],
): Promise<ConferenceItem> {
  const resolving = inState(item, 'RESOLVED', {})
  requireQuorum(item, input)
  requireConsent(item, input)
  const quorum = ruleOf(await services.policies.at({ scope: tx.county, at: tx.at }), 'conference.quorum')
  const resolution = resolutionOf(services.vault, tx, item, input, await nextNo(services, tx), quorum)
  const obligations = withoutObligation(found, 'conference', item.id)
  await services.cases.save(tx, found, withChange(found, { obligations }, tx.at))
  const resolved = { ...resolving, resolution }
  const { no, digest, measures } = resolution
  announceItem(tx, resolved, 'conference.resolved', { resolutionNo: no, digest, measures: measures.length })
  for (const { unit, amountFen } of measures)
    announceItem(tx, resolved, 'conference.measure_given', { toUnit: unit, amountFen })
  return resolved
}

/** The county's next number of this year. */
async function nextNo({ conferences }: ResolveServices, tx: Tx): Promise<string> {
  const mark = `${tx.county}-${chinaYear(tx.at)}-`
  return `${mark}${String((await conferences.countResolutions(tx, mark)) + 1).padStart(2, '0')}`
}

function resolutionOf(
  vault: FieldVault,
  tx: Tx,
  item: ConferenceItem,
  input: ResolutionForm,
  no: string,
  quorum: Rule,
): Resolution {
  const seal = (field: string, text: string) =>
    vault.seal(text, { collection: 'conference_items', field, record: item._id })
  const positions = positionsOf(item)
  const { presentUnits } = input
  return {
    no,
    text: seal('resolution.text', input.text),
    measures: input.measures.map((measure, index) => ({ ...measure, text: seal(`measure.${index}`, measure.text) })),
    presentUnits,
    positions,
    chairId: item.opened?.staffId ?? '',
    quorum,
    resolvedAt: tx.at,
    resolvedBy: tx.by.actor.staffId,
    digest: digestOf({ ...input, no, caseNo: item.caseNo, positions, resolvedAt: tx.at }),
  }
}

/** A resolution in clear, as it is read and signed. */
export interface PlainResolution extends ResolutionForm {
  readonly no: string
  readonly caseNo: string
  readonly positions: readonly Position[]
  readonly resolvedAt: Date
}

/** SHA-256 over everything that was resolved, as canonical JSON: whoever has the paper can check it against the journal. */
export function digestOf({ no, caseNo, text, presentUnits, positions, measures, resolvedAt }: PlainResolution): string {
  const plain = {
    no,
    caseNo,
    text,
    presentUnits,
    positions: positions.map(({ unit, stance }) => ({ unit, stance })),
    measures: measures.map(({ unit, text: what, amountFen, dueAt }) => ({
      unit,
      text: what,
      amountFen,
      dueAt: dueAt.toISOString(),
    })),
    resolvedAt: resolvedAt.toISOString(),
  }
  return createHash('sha256').update(canonicalJson(plain)).digest('hex')
}
