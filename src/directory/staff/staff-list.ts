import type { Actor } from '../../shared/actor.ts'
import { may } from '../../shared/permissions.ts'
import { isOver } from '../validity.ts'
import type { Colleague, StaffBook } from './staff-book.ts'
import { staffPermissions } from './staff-permissions.ts'

/** Which people are asked for. */
export interface StaffQuestion {
  readonly unit?: string | undefined
  readonly q?: string | undefined
  readonly state: 'active' | 'all'
  readonly limit: number
  readonly after?: string | undefined
}

/** One page of people, by account. */
export interface StaffListPage {
  readonly items: readonly Colleague[]
  /** Account to go on after; undefined on the last page. */
  readonly next: string | undefined
}

/** The people an actor may see, by account. From memory: a county has hundreds, not millions. */
export function listStaff(book: StaffBook, actor: Actor, question: StaffQuestion, at: Date): StaffListPage {
  const { unit, q, state, limit, after } = question
  const wanted = q?.toLowerCase()
  const found = book.all
    .filter((person) => may(staffPermissions, actor, 'staff.view', person))
    .filter((person) => unit === undefined || isOf(person, unit))
    .filter((person) => state === 'all' || !isOver(person, at))
    .filter(
      ({ name, account }) => !wanted || name.toLowerCase().includes(wanted) || account.toLowerCase().includes(wanted),
    )
    .sort((one, other) => (one.account < other.account ? -1 : 1))
    .filter(({ account }) => after === undefined || account > after)
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? items.at(-1)?.account : undefined }
}

function isOf(person: Colleague, unit: string): boolean {
  return person.unit === unit || person.roles.some((held) => held.unit === unit)
}
