import type { DutyLadderServices } from '../directory/index.ts'
import { dutyLadder } from '../directory/index.ts'
import type { CaseStore } from '../cases/index.ts'
import type { OutboxRow } from '../journal/index.ts'
import type { Role } from '../shared/actor.ts'
import type { NoticePlan } from './notice.ts'
import { onScreenAndByText } from './notice.ts'

export interface PostsToldServices extends DutyLadderServices {
  readonly cases: CaseStore
}

/** Who holds a post is known only at the moment of the fact: everybody with a role in a unit, or whoever is on duty there. */
type Post = { readonly role: Role; readonly unit: string } | { readonly onDutyIn: string }

/** A notice to posts, one to each person. */
interface PostNotice extends Pick<NoticePlan, 'kind' | 'about'> {
  readonly posts: readonly Post[]
  /** Nobody has to act on it: it stands on the screen and is not texted. */
  readonly isForReading?: boolean
  /** Whoever did it knows. */
  readonly except?: string
}

type Fact = Pick<OutboxRow, 'county' | 'type' | 'data' | 'at'>

/** What is told to posts instead of people, by the fact it follows from. */
const TOLD: Readonly<Record<string, (fact: Fact) => PostNotice>> = {
  'roster.gap': ({ county, data }) => ({
    kind: 'roster_gap',
    posts: [{ onDutyIn: county }],
    about: pick(data, 'unit', 'from', 'to'),
  }),
  'fund.low': ({ county, data }) => {
    const unit = String(data['fundId']).split('-')[1] ?? county
    return {
      kind: 'fund_low',
      posts: [
        { role: 'township_head', unit: unit.slice(0, 9) },
        { role: 'county_finance', unit: county },
        { onDutyIn: county },
      ],
      about: { fundUnit: unit, ...pick(data, 'freeFen', 'markFen') },
    }
  },
  'fund.broken': ({ county, data }) => ({
    kind: 'fund_broken',
    posts: [{ role: 'county_finance', unit: county }, { role: 'county_civil', unit: county }, { onDutyIn: county }],
    about: { fundUnit: String(data['fundId']).split('-')[1] ?? county, ...pick(data, 'seq') },
  }),
  'fund.proposed': ({ county, data }) => ({
    kind: 'fund_proposed',
    posts: [
      { role: 'county_finance', unit: county },
      { role: 'county_civil', unit: county },
    ],
    isForReading: true,
    except: String(data['proposedBy']),
    about: { fundUnit: String(data['fundId']).split('-')[1] ?? county },
  }),
  'aid.advanced': ({ county, data }) => ({
    kind: 'advance_made',
    posts: [{ role: 'county_civil', unit: county }],
    isForReading: true,
    except: String(data['decidedBy']),
    about: pick(data, 'unit', 'amountFen'),
  }),
  'calendar.year_missing': ({ county, data }) => ({
    kind: 'year_missing',
    posts: [{ role: 'administrator', unit: county }],
    about: pick(data, 'year'),
  }),
}

/** The notices that follow from a fact and go to whoever holds a post or owes a clock when it happened. */
export async function noticesToPosts(services: PostsToldServices, fact: Fact): Promise<readonly NoticePlan[]> {
  if (fact.type === 'deadline.reminded') return [await reminder(services, fact)].flatMap(onScreenAndByText)
  const told = TOLD[fact.type]?.(fact)
  if (!told) return []
  const people = await Promise.all(told.posts.map((post) => holdersOf(services, fact, post)))
  const once = new Map(people.flat().map((holder) => [holder.to, holder]))
  if (told.except) once.delete(told.except)
  return [...once.values()].flatMap((holder) => {
    const plan = { kind: told.kind, ...holder, ...(told.about ? { about: told.about } : {}) }
    return told.isForReading ? [{ ...plan, medium: 'screen' as const }] : onScreenAndByText(plan)
  })
}

/** Whoever has the case answers for its clocks, as long as their unit owes them; else the person the clock names, else whoever is on duty there. */
async function reminder(services: PostsToldServices, fact: Fact): Promise<Omit<NoticePlan, 'medium'>> {
  const { county, data } = fact
  const unit = String(data['unit'])
  const no = String(data['subject']).replace(/^case:/, '')
  const { responsible } = (await services.cases.find(county, no)) ?? {}
  const named = responsible?.unit === unit ? responsible.staffId : data['staffId']
  const [onDuty] = named === undefined ? await holdersOf(services, fact, { onDutyIn: unit }) : []
  const to = typeof named === 'string' ? named : (onDuty?.to ?? '')
  return { kind: 'deadline_near', to, unit, about: { clock: String(data['name']), ...pick(data, 'dueAt') } }
}

async function holdersOf(
  { roster }: PostsToldServices,
  { county, at }: Fact,
  post: Post,
): Promise<{ readonly to: string; readonly unit: string }[]> {
  const { staff } = await roster.book(county)
  const holders = (role: Role, unit: string) => staff.holders(role, unit, at).map(({ _id }) => ({ to: _id, unit }))
  if ('role' in post) return holders(post.role, post.unit)
  const [first] = await dutyLadder({ roster }, { county, unit: post.onDutyIn, at })
  return first ? [{ to: first.staffId, unit: post.onDutyIn }] : holders('administrator', county)
}

function pick(data: Fact['data'], ...fields: readonly string[]): Readonly<Record<string, string | number>> {
  const known = fields.flatMap((field) => {
    const value = data[field]
    return typeof value === 'string' || typeof value === 'number' ? [[field, value] as const] : []
  })
  return Object.fromEntries(known)
}
