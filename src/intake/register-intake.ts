import type { CaseStore } from '../cases/index.ts'
import { insertCase, newCase } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { InTransaction, Tx } from '../journal/index.ts'
import { isDuplicateKey } from '../journal/index.ts'
import type { PersonStore } from '../people/index.ts'
import type { FieldVault, SealedText } from '../platform/privacy/index.ts'
import type { Places, RouteCaseServices, Routed } from '../routing/index.ts'
import { openFile, routeCase } from '../routing/index.ts'
import type { By } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import { newSpokenNo } from '../shared/ids.ts'
import { mayEver } from '../shared/permissions.ts'
import type { IntakeRecord } from './intake.ts'
import { intakeId } from './intake.ts'
import type { IntakeForm } from './intake-forms.ts'
import { INTAKE_PERMISSIONS } from './intake-permissions.ts'
import type { IntakeStore } from './intake-store.ts'
import { tokensOfPhone } from './sealed-intakes.ts'

/** A place that a text may mean. */
type PlaceCandidate = Awaited<ReturnType<Places['match']>>['candidates'][number]

/** Finds or registers the person in need, inside the transaction of the intake. */
export interface Identify {
  (
    tx: Tx,
    person: NonNullable<IntakeForm['personInNeed']>,
  ): Promise<{ readonly personId: string; readonly householdId?: string }>
}

export interface RegisterIntakeServices extends RouteCaseServices {
  readonly intakes: IntakeStore
  readonly cases: CaseStore
  readonly deadlines: Deadlines
  readonly vault: FieldVault
  readonly places: Places
  readonly identify: Identify
  readonly people: PersonStore
  readonly clock: Clock
  readonly inTransaction: InTransaction
}

/** What the person at the door can say aloud at once. */
export interface IntakeAnswer {
  readonly no: string
  readonly caseNo?: string
  /** Who has it now. */
  readonly unit?: string
  readonly responsible?: string
  /** By when somebody takes it. RFC 3339. */
  readonly ackDueAt?: string
  readonly candidates?: readonly PlaceCandidate[]
}

/** How often numbers are drawn anew when the county has already given them out. */
const MAX_DRAWS = 5

/**
 * Registers a request from any door. A request for help opens a case, which is routed to the township of the emergency and gets its clocks,
 * all in one transaction. What cannot be placed is kept all the same and waits at the county's triage desk.
 *
 * @param takenBy - who answers for it until a unit takes the case; whoever registers it unless said
 * @throws DomainError `intake.forbidden`
 */
export async function registerIntake(
  services: RegisterIntakeServices,
  form: IntakeForm,
  by: By,
  takenBy: IntakeRecord['takenBy'] = { unit: by.actor.unit, staffId: by.actor.staffId },
): Promise<IntakeAnswer> {
  if (by.actor.kind === 'staff' && !mayEver(INTAKE_PERMISSIONS, by.actor, 'intake.register'))
    throw new DomainError('intake.forbidden', 'Your role takes no requests')
  const place = await placeOf(services, form, by)
  for (let draw = 1; ; draw += 1) {
    const numbers = { no: newSpokenNo(services.clock.now()), caseNo: newSpokenNo(services.clock.now()) }
    try {
      return await services.inTransaction(by, (tx) => register(services, tx, form, { ...place, takenBy }, numbers))
    } catch (error) {
      if (!isDuplicateKey(error) || draw === MAX_DRAWS) throw error
    }
  }
}

interface ReadPlace {
  readonly code: string
  readonly candidates: readonly PlaceCandidate[]
}

/** A code that was given or chosen decides; otherwise the words are read, and only a single clear meaning is taken. */
async function placeOf({ places }: RegisterIntakeServices, { place }: IntakeForm, by: By): Promise<ReadPlace> {
  if (place.code) return { code: place.code, candidates: [] }
  const { code, candidates } = await places.match(by.actor.county, place.text)
  return { code: code ?? '', candidates: code === null ? candidates : [] }
}

async function register(
  services: RegisterIntakeServices,
  tx: Tx,
  form: IntakeForm,
  taken: ReadPlace & Pick<IntakeRecord, 'takenBy'>,
  numbers: { readonly no: string; readonly caseNo: string },
): Promise<IntakeAnswer> {
  const isHelp = form.callType === 'HELP'
  const person =
    form.personInNeed && hasContent(form.personInNeed) ? await services.identify(tx, form.personInNeed) : undefined
  const intake = intakeRecord(
    services.vault,
    tx,
    form,
    taken,
    numbers.no,
    isHelp ? numbers.caseNo : undefined,
    person?.personId,
  )
  await services.intakes.insert(tx, intake)
  const { no } = intake
  if (!isHelp) {
    tx.announce({ stream: `intake:${no}`, type: 'intake.registered', isFirst: true, data: intakeData(intake) })
    return { no }
  }
  const routed = await openAndRoute(services, tx, form, intake, person)
  return answerOf(intake, routed, taken.candidates)
}

async function openAndRoute(
  services: RegisterIntakeServices,
  tx: Tx,
  form: IntakeForm,
  intake: IntakeRecord,
  person: { readonly personId: string; readonly householdId?: string } | undefined,
): Promise<Routed> {
  const opened = newCase(services, tx, {
    no: intake.caseNo ?? '',
    urgency: form.urgency,
    tags: form.tags,
    place: { ...form.place, code: intake.placeCode },
    story: form.text,
    contactPhone: form.phone,
    personId: person?.personId,
    householdId: person?.householdId,
    intakeNo: intake.no,
    takenBy: intake.takenBy,
  })
  const announced = deferAnnouncements(tx)
  const routed = await routeCase(services, announced.tx, opened)
  await insertCase(services, tx, await openFile(services, tx, routed.record))
  announced.flush()
  await services.deadlines.startDeadlines(tx, routed.clocks)
  return routed
}

/** The case is stored once, already routed; its journal still tells first that it was opened, then that it was routed. */
function deferAnnouncements(tx: Tx): { readonly tx: Tx; flush(): void } {
  const facts: Parameters<Tx['announce']>[0][] = []
  return {
    tx: { ...tx, announce: (fact) => facts.push(fact) },
    flush: () => facts.forEach((fact) => tx.announce(fact)),
  }
}

function intakeRecord(
  vault: FieldVault,
  tx: Tx,
  form: IntakeForm,
  { code, takenBy }: { readonly code: string } & Pick<IntakeRecord, 'takenBy'>,
  no: string,
  caseNo: string | undefined,
  personId: string | undefined,
): IntakeRecord {
  const { county, at } = tx
  const record = intakeId(county, no)
  const seal = (field: string, text: string): SealedText => vault.seal(text, { collection: 'intakes', field, record })
  return {
    _id: record,
    county,
    no,
    version: 1,
    channel: form.channel,
    callType: form.callType,
    urgency: form.urgency,
    tags: form.tags,
    placeCode: code,
    placeText: seal('placeText', form.place.text),
    text: seal('text', form.text),
    ...(form.phone ? { phone: seal('phone', form.phone) } : {}),
    phoneTokens: tokensOfPhone(vault, county, form.phone),
    needy: form.needy,
    ...(form.reporter ? { reporter: seal('reporter', JSON.stringify(form.reporter)) } : {}),
    ...(personId ? { personId } : {}),
    ...(caseNo ? { caseNo } : {}),
    ...(form.callSid ? { callSid: form.callSid } : {}),
    takenBy,
    receivedAt: at,
  }
}

function intakeData(intake: IntakeRecord): Record<string, string> {
  const { no, channel, callType, urgency, takenBy } = intake
  return { no, channel, callType, urgency, unit: takenBy.unit, staffId: takenBy.staffId }
}

function answerOf(
  intake: IntakeRecord,
  { record, clocks }: Routed,
  candidates: readonly PlaceCandidate[],
): IntakeAnswer {
  const ack = clocks.find(({ name }) => name.startsWith('dispatch.'))
  return {
    no: intake.no,
    caseNo: record.no,
    unit: record.unit,
    responsible: record.responsible.staffId,
    ...(ack ? { ackDueAt: ack.dueAt.toISOString() } : {}),
    ...(candidates.length > 0 ? { candidates } : {}),
  }
}

function hasContent(person: object): boolean {
  return Object.values(person).some((value) => value !== undefined)
}
