import type { Actor, Role } from '../shared/actor.ts'
import type { MenuEntry } from '../platform/views/index.ts'

/** A desk of the product: where it is, what it is called, who works there. */
interface Desk {
  readonly href: string
  readonly word: string
  readonly roles: readonly Role[]
}

const TOWNSHIP: readonly Role[] = ['duty_officer', 'deputy', 'township_head']

/** All desks, in the order of the menu: where work waits stands before where it is begun. */
const DESKS: readonly Desk[] = [
  { href: '/line', word: 'common:menu.line', roles: ['operator', 'hotline_supervisor'] },
  { href: '/triage', word: 'common:menu.triage', roles: ['triage', 'county_civil'] },
  { href: '/conference', word: 'common:menu.conference', roles: ['secretary', 'chair', 'member', 'county_civil'] },
  {
    href: '/cases',
    word: 'common:menu.cases',
    roles: [...TOWNSHIP, 'operator', 'window_clerk', 'village_clerk', 'county_civil', 'triage'],
  },
  { href: '/transfers', word: 'common:menu.transfers', roles: [...TOWNSHIP, 'county_civil', 'triage'] },
  { href: '/confirmations', word: 'common:menu.confirmations', roles: ['county_civil'] },
  { href: '/payments', word: 'common:menu.payments', roles: ['cashier', 'county_finance'] },
  {
    href: '/intakes/new',
    word: 'common:menu.register',
    roles: ['window_clerk', 'village_clerk', ...TOWNSHIP, 'triage', 'county_civil'],
  },
  {
    href: '/funds',
    word: 'common:menu.funds',
    roles: ['cashier', 'township_head', 'county_civil', 'county_finance', 'auditor'],
  },
  { href: '/statements', word: 'common:menu.closing', roles: ['county_finance', 'county_civil', 'auditor'] },
  { href: '/audit', word: 'common:menu.audit', roles: ['auditor', 'county_finance', 'county_civil'] },
  {
    href: '/roster',
    word: 'common:menu.roster',
    roles: ['administrator', 'hotline_supervisor', 'township_head', 'duty_officer', 'deputy'],
  },
  { href: '/admin', word: 'common:menu.admin', roles: ['administrator'] },
]

/** The entries a person's roles give. */
export function menuOf(actor: Actor, path: string, words: (key: string) => string): MenuEntry[] {
  const held = new Set(actor.roles.map(({ role }) => role))
  return DESKS.filter(({ roles }) => roles.some((role) => held.has(role))).map(({ href, word }) => ({
    href,
    text: words(word),
    current: path === href || path.startsWith(`${href}/`),
  }))
}

/** Where a person's work waits: the first desk of the menu. */
export function homeOf(actor: Actor): string {
  const held = new Set(actor.roles.map(({ role }) => role))
  return DESKS.find(({ roles }) => roles.some((role) => held.has(role)))?.href ?? '/me'
}
