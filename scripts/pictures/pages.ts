import type { Page } from 'playwright-core'

/** One page in one state, to be looked at by a person. Every domain adds its own here. */
export interface PicturePage {
  /** File name of the pictures. */
  readonly name: string
  readonly path: string
  /** Demo account that opens it; nobody when left out. */
  readonly account?: string
  /** Brings the page into the state to be looked at: an error, an opened menu, the first case of the list. */
  readonly act?: (page: Page) => Promise<void>
}

const pressing = (selector: string) => (page: Page) => page.click(selector)

/** Sends the page's form as it stands, to see what it says about what is missing. */
const sendingEmpty = pressing('form[data-command] button[type="submit"]')

/** Follows the first entry of a list, when there is one. */
const openingFirst = async (page: Page) => {
  const first = page.locator('.jjn-work__place, .jjn-table a.govuk-link').first()
  if ((await first.count()) > 0) await first.click()
}

/** All pages, in the order a case meets them. Accounts are those of the demo county 海门区. */
export const PICTURE_PAGES: readonly PicturePage[] = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'sign-in-wrong', path: '/sign-in', act: sendingEmpty },
  { name: 'not-found', path: '/nothing-here', account: 'D-常乐' },
  { name: 'forbidden', path: '/admin/units', account: 'D-常乐' },
  { name: 'officer-cases', path: '/cases', account: 'D-常乐' },
  { name: 'officer-case', path: '/cases', account: 'D-常乐', act: openingFirst },
  { name: 'officer-account-menu', path: '/cases', account: 'D-常乐', act: pressing('.jjn-account summary') },
  { name: 'operator-line', path: '/line', account: 'O1' },
  { name: 'register', path: '/intakes/new', account: 'D-常乐' },
  { name: 'register-wrong', path: '/intakes/new', account: 'D-常乐', act: sendingEmpty },
  { name: 'triage', path: '/triage', account: 'T1' },
  { name: 'payments', path: '/payments', account: 'K-常乐' },
  { name: 'people', path: '/people', account: 'D-常乐' },
  { name: 'funds', path: '/funds', account: 'C1' },
  { name: 'fund', path: '/funds', account: 'C1', act: openingFirst },
  { name: 'conference', path: '/conference', account: 'S1' },
  { name: 'roster', path: '/roster', account: 'ADM' },
  { name: 'admin-units', path: '/admin/units', account: 'ADM' },
  { name: 'own-account', path: '/me', account: 'D-常乐' },
]
