/** How a notice reaches somebody. Every notice to staff also stands on their screen. */
export const MEDIA = ['screen', 'text', 'call'] as const

export type Medium = (typeof MEDIA)[number]

/** What is said; the words stand in the catalogue under `notifications:text.<kind>`. */
export const NOTICE_KINDS = [
  'case_for_you',
  'case_number',
  'case_taken',
  'advance_made',
  'papers_due',
  'case_closed',
  'case_handed_on',
  'transfer_offered',
  'transfer_refused',
  'transfer_before_county',
  'case_transferred',
  'papers_yours',
  'promise_expired',
  'deadline_near',
  'roster_gap',
  'fund_low',
  'fund_broken',
  'fund_proposed',
  'year_missing',
] as const

export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** What the words of a notice need beside the case: ids, codes, sums in fen, moments as RFC 3339. Never names, numbers or free text. */
export type NoticeAbout = Readonly<Record<string, string | number>>

/** Somebody has to be told something. */
export interface NoticeRecord {
  /** `county/id`. */
  readonly _id: string
  readonly county: string
  readonly id: string
  readonly version: number
  /** The case it is about, where it is about one. */
  readonly caseNo?: string
  readonly about?: NoticeAbout
  readonly kind: NoticeKind
  readonly medium: Medium
  /** A member of staff, or `caller`: then the case's contact phone. */
  readonly to: string
  /** Unit whose duty phone rings, for texts and calls to staff. */
  readonly unit?: string
  /** What was begun is SENDING until its outcome is known: whoever finds it so looks at the exchange before sending again. */
  readonly state: 'PENDING' | 'SENDING' | 'SENT' | 'SKIPPED'
  readonly createdAt: Date
  readonly sentAt?: Date
  /** Told to staff on a screen or by a call, and not seen so far. Missing where nobody can tell. */
  readonly isUnseen?: boolean
  readonly seenAt?: Date
  /** The exchange's id of the text or call, so that no other notice takes it for its own. */
  readonly sid?: string
}

/** A notice that follows from a fact. */
export interface NoticePlan {
  readonly kind: NoticeKind
  readonly medium: Medium
  readonly to: string
  readonly unit?: string
  readonly about?: NoticeAbout
}

/** The clock of the papers that follow an advance. */
const PAPERS_CLOCK = 'advance.supplement'

/** The parts of a fact that say whom to tell. */
interface ToldFact {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Who is told what when something happens to a case. */
export function noticesFor({ type, data }: ToldFact): readonly NoticePlan[] {
  const text = (field: string): string => (typeof data[field] === 'string' ? data[field] : '')
  const sum = (field: string): number => (typeof data[field] === 'number' ? data[field] : 0)
  const officer = text('staffId')
  const unit = text('toUnit') || text('unit')
  const forOfficer: NoticePlan[] = [
    { kind: 'case_for_you', medium: 'screen', to: officer },
    { kind: 'case_for_you', medium: 'text', to: officer, unit },
    { kind: 'case_for_you', medium: 'call', to: officer, unit },
  ]
  switch (type) {
    case 'case.routed':
      return [...forOfficer, { kind: 'case_number', medium: 'text', to: 'caller' }]
    case 'case.escalated':
      return forOfficer
    case 'case.handed_on':
      return text('stage') === 'ROUTED' ? forOfficer : onScreenAndByText({ kind: 'case_handed_on', to: officer, unit })
    case 'case.transfer_offered':
      return onScreenAndByText({ kind: 'transfer_offered', to: officer, unit, about: { unit: text('fromUnit') } })
    case 'case.transfer_refused':
      return onScreenAndByText({ kind: 'transfer_refused', to: officer, unit, about: { unit: text('byUnit') } })
    case 'case.transfer_before_county':
      return onScreenAndByText({ kind: 'transfer_before_county', to: officer, unit })
    case 'case.transferred':
      return [
        ...(text('reason') === 'transfer_ruled'
          ? onScreenAndByText({ kind: 'case_handed_on', to: officer, unit })
          : []),
        { kind: 'case_transferred', medium: 'screen', to: text('fromStaffId'), about: { unit } },
      ]
    case 'case.acknowledged':
      return [{ kind: 'case_taken', medium: 'screen', to: text('firstStaffId'), about: { unit } }]
    case 'deadline.handed_over':
      return text('name') === PAPERS_CLOCK
        ? onScreenAndByText({ kind: 'papers_yours', to: officer, unit, about: { dueAt: text('dueAt') } })
        : []
    case 'aid.promise_expired':
      return onScreenAndByText({ kind: 'promise_expired', to: officer, unit, about: { amountFen: sum('amountFen') } })
    case 'aid.supplement_due':
      return [{ kind: 'papers_due', medium: 'text', to: officer, unit }]
    case 'case.fed_back':
      return [{ kind: 'case_closed', medium: 'text', to: 'caller' }]
    default:
      return []
  }
}

/** A notice that stands on the screen and is texted, too. */
export function onScreenAndByText(plan: Omit<NoticePlan, 'medium'>): NoticePlan[] {
  return [
    { ...plan, medium: 'screen' },
    { ...plan, medium: 'text' },
  ]
}
