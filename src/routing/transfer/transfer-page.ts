import type { AnsweredTransfer, CaseRecord, NameServices } from '../../cases/index.ts'
import { namesOf, openTexts } from '../../cases/index.ts'
import type { SealedText } from '../../platform/privacy/index.ts'
import type { FormParts, Presenter } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import type { Actor } from '../../shared/actor.ts'
import { may } from '../../shared/permissions.ts'
import { dutyPeople } from '../duty-roster.ts'
import { ROUTING_PERMISSIONS } from '../routing-permissions.ts'
import type { TransferServices } from './offer-transfer.ts'
import { isLiveOnly, REFUSAL_REASONS, TRANSFER_REASONS } from './transfer.ts'

/** Which side of an offer somebody stands on. */
type Side = 'offer' | 'answer' | 'rule' | 'waits'

/** One page for all sides: where it happened, what happened and how urgent it is; more the other unit needs not know before it takes the case. */
export async function transferPage(
  services: TransferServices & NameServices,
  found: CaseRecord,
  actor: Actor,
  present: Presenter,
  form: FormParts,
): Promise<object> {
  const { t } = present
  const side = sideOf(found, actor)
  const nameOf = await namesOf(services, found.county)
  const { place, story } = openTexts(services.vault, found)
  const { no, transfer } = found
  return {
    title: t(`routing:transfer.${side}.title`),
    backHref: side === 'offer' || side === 'waits' ? `/cases/${no}` : '/transfers',
    no,
    urgency: found.urgency,
    place: place || t('cases:list.placeUnknown'),
    story,
    dueAt: found.nearestDueAt,
    facts: transfer ? offerFacts(services, found, nameOf, present) : [],
    isOffer: side === 'offer',
    isAnswer: side === 'answer',
    isRuling: side === 'rule',
    action: `/cases/${no}/transfer${side === 'offer' ? '' : side === 'rule' ? '/rule' : '/refuse'}`,
    acceptAction: `/cases/${no}/transfer/accept`,
    units: await unitChoices(services, found, side, present),
    reasons: (side === 'answer' ? REFUSAL_REASONS : TRANSFER_REASONS).map((value) => ({
      value,
      text: t(`routing:${side === 'answer' ? 'refusalReason' : 'transferReason'}.${value}`),
    })),
    ...(side === 'offer' ? await liveParts(services, found, present) : {}),
    form: formView(present, { ...form, version: found.version }),
  }
}

function sideOf(found: CaseRecord, actor: Actor): Side {
  if (may(ROUTING_PERMISSIONS, actor, 'case.answer_transfer', found)) return 'answer'
  if (may(ROUTING_PERMISSIONS, actor, 'case.rule_transfer', found)) return 'rule'
  return found.transfer ? 'waits' : 'offer'
}

function offerFacts(
  { vault }: TransferServices,
  { _id, transfer, transfers = [] }: CaseRecord,
  nameOf: (id: string) => string,
  { t, time }: Presenter,
): object[] {
  if (!transfer) return []
  const open = (field: string, sealed: SealedText | undefined): string | undefined =>
    sealed && vault.open(sealed, { collection: 'cases', field, record: _id })
  const refusalText = ({ toUnit, answerReason, answerNote, answeredAt }: AnsweredTransfer): string =>
    [
      nameOf(toUnit),
      t(`routing:refusalReason.${answerReason ?? 'other'}`),
      open('transfer.answerNote', answerNote),
      time(answeredAt),
    ]
      .filter(Boolean)
      .join(' · ')
  const row = (label: string, text: string): object => ({ label: t(`routing:transfer.${label}`), cell: { text } })
  const note = open('transfer.note', transfer.note)
  return [
    row('from', `${nameOf(transfer.fromUnit)} · ${nameOf(transfer.offeredBy)}`),
    row('to', nameOf(transfer.toUnit)),
    row('reason', t(`routing:transferReason.${transfer.reason}`)),
    ...(note ? [row('note', note)] : []),
    row('at', time(transfer.offeredAt)),
    ...transfers
      .filter(({ outcome }) => outcome === 'refused')
      .map((refused) => row('refusedBefore', refusalText(refused))),
  ]
}

async function unitChoices(
  { units }: TransferServices,
  found: CaseRecord,
  side: Side,
  { now }: Presenter,
): Promise<object[]> {
  const book = await units.book(found.county)
  const all = [...book.ofKind('township', now), ...book.ofKind('county', now)]
  const shown = side === 'rule' ? all : all.filter(({ _id }) => _id !== found.unit)
  return shown.map(({ _id, shortName }) => ({ value: _id, text: shortName }))
}

/** What changes hands only live asks whom they spoke with: whoever answers for the other units now. */
async function liveParts(
  services: TransferServices & NameServices,
  found: CaseRecord,
  { now }: Presenter,
): Promise<object> {
  const policy = await services.policies.at({ scope: found.unit, at: now })
  if (!isLiveOnly(found.urgency, policy.value('transfer.live_only'))) return { isLive: false }
  const book = await services.units.book(found.county)
  const nameOf = await namesOf(services, found.county)
  const others = book.ofKind('township', now).filter(({ _id }) => _id !== found.unit)
  const people = await Promise.all(
    others.map(async ({ _id, shortName, phone }) => {
      const [first] = await dutyPeople(services, found.county, _id, now)
      const text = [shortName, first && nameOf(first.staffId), phone].filter(Boolean).join(' · ')
      return first ? [{ value: first.staffId, text }] : []
    }),
  )
  return { isLive: true, people: people.flat() }
}
