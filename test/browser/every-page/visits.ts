import type { Page } from 'playwright-core'
import type { CountyAtWork } from './a-county-at-work.ts'
import { COUNTY } from './a-county-at-work.ts'

/** Somebody opens a page with real content on it. */
export interface Visit {
  /** The page's address as its router declares it. */
  readonly page: string
  /** The address that is opened. */
  readonly at: string
  /** Account that opens it; nobody when left out. `half:` is an account that stands between two steps of signing in. */
  readonly as?: string
  /** What is done on it before it is looked at: an error provoked, something found. */
  readonly act?: (page: Page) => Promise<unknown>
}

/** Addresses that answer no page: one leads to a person's own desk, one answers data while a place is typed. */
export const NO_PAGES: readonly string[] = [
  '/',
  '/divisions/suggest',
  '/funds/:id/statements/:period/csv',
  '/funds/:id/statements/:period/xlsx',
  '/audit/export',
  '/audit/checkpoints',
]

const OFFICER = 'HD-D-汤河'
const CASHIER = 'HD-K-汤河'
const HEAD = 'HD-H-汤河'
const ADMIN = 'HD-ADM'

/** Every page, seen by somebody who may; the important ones in more than one state. */
export function visitsOf(county: CountyAtWork): readonly Visit[] {
  return [
    ...publicVisits(county),
    ...signInVisits,
    ...lineAndRegistration(county),
    ...caseVisits(county),
    ...aidVisits(county),
    ...conferenceVisits(county),
    ...fundVisits(county),
    ...bankVisits(county),
    ...peopleVisits(county),
    ...administration(county),
  ]
}

/** Sends the page's first form as it stands and waits until the page says what is missing. */
const sendingEmpty = sending('.govuk-error-summary')

/** Presses the auditor's button, and waits for the verdict. */
const verifying = async (page: Page): Promise<void> => {
  await page.click('form[action="/audit"] button')
  await page.waitForSelector('#verdict')
}

/** Sends the page's first form and waits for what its answer shows. */
function sending(shows: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.click('main form[data-command] button[type=submit]')
    await page.waitForSelector(shows)
  }
}

function publicVisits({ intakeNo }: CountyAtWork): readonly Visit[] {
  return [
    { page: '/public', at: '/public' },
    { page: '/public/:county', at: `/public/${COUNTY}` },
    { page: '/public/:county', at: `/public/${COUNTY}?wrong`, act: sendingEmpty },
    { page: '/public/:county/received/:no', at: `/public/${COUNTY}/received/${intakeNo}` },
    { page: '/public/:county/progress', at: `/public/${COUNTY}/progress` },
    { page: '/public/:county/progress', at: `/public/${COUNTY}/progress?wrong`, act: sendingEmpty },
  ]
}

const signInVisits: readonly Visit[] = [
  { page: '/sign-in', at: '/sign-in' },
  { page: '/sign-in', at: '/sign-in?wrong', act: sendingEmpty },
  { page: '/sign-in/code', at: '/sign-in/code', as: 'half:HD-B-八湖' },
  { page: '/sign-in/new-password', at: '/sign-in/new-password', as: 'half:HD-newcomer' },
  { page: '/me', at: '/me', as: 'HD-B-汤河' },
  { page: '/me/totp', at: '/me/totp', as: HEAD },
  { page: '(not found)', at: '/nothing-here', as: OFFICER },
  { page: '(forbidden)', at: '/admin/units', as: OFFICER },
]

function lineAndRegistration({ ringing, spoken, intakeNo, unplacedIntake }: CountyAtWork): readonly Visit[] {
  return [
    { page: '/line', at: `/line?call=${ringing}`, as: 'HD-O1' },
    { page: '/line', at: `/line?call=${spoken}`, as: 'HD-O1' },
    { page: '/line', at: '/line', as: 'HD-SV1' },
    { page: '/intakes/new', at: '/intakes/new?channel=window', as: 'HD-W-汤河' },
    { page: '/intakes/new', at: '/intakes/new?wrong', as: 'HD-W-汤河', act: sendingEmpty },
    { page: '/intakes/:no/saved', at: `/intakes/${intakeNo}/saved`, as: 'HD-O1' },
    { page: '/intakes/:no/saved', at: `/intakes/${unplacedIntake}/saved`, as: 'HD-O1' },
    { page: '/simulator', at: '/simulator' },
  ]
}

function caseVisits(county: CountyAtWork) {
  const { fresh, unplaced, verified, advanced, explained, confirmed, closed, urgent, offered, ruled } = county
  const cases: Visit[] = [fresh, verified, advanced, explained, confirmed, closed].map((no) => ({
    page: '/cases/:no',
    at: `/cases/${no}`,
    as: OFFICER,
  }))
  return [
    ...cases,
    { page: '/cases', at: '/cases', as: OFFICER },
    { page: '/cases', at: '/cases?empty', as: 'HD-D-九曲' },
    { page: '/cases/:no', at: `/cases/${unplaced}`, as: 'HD-T1' },
    { page: '/cases/:no/emergency', at: `/cases/${verified}/emergency`, as: OFFICER },
    { page: '/cases/:no/feedback', at: `/cases/${confirmed}/feedback`, as: OFFICER },
    { page: '/cases/:no/feedback', at: `/cases/${confirmed}/feedback?wrong`, as: OFFICER, act: sendingEmpty },
    { page: '/cases/:no/place', at: `/cases/${unplaced}/place`, as: 'HD-T1' },
    { page: '/cases/:no/place', at: `/cases/${unplaced}/place?wrong`, as: 'HD-T1', act: sendingEmpty },
    { page: '/triage', at: '/triage', as: 'HD-T1' },
    { page: '/cases/:no/transfer', at: `/cases/${verified}/transfer`, as: OFFICER },
    { page: '/cases/:no/transfer', at: `/cases/${urgent}/transfer?wrong`, as: OFFICER, act: sendingEmpty },
    { page: '/cases/:no/transfer', at: `/cases/${offered}/transfer`, as: 'HD-D-八湖' },
    { page: '/cases/:no/transfer', at: `/cases/${ruled}/transfer`, as: 'HD-C1' },
    { page: '/cases/:no', at: `/cases/${offered}`, as: OFFICER },
    { page: '/cases/:no/transfer', at: `/cases/${ruled}/transfer?triage`, as: 'HD-T1' },
    { page: '/transfers', at: '/transfers?triage', as: 'HD-T1' },
    { page: '/transfers', at: '/transfers', as: 'HD-D-八湖' },
    { page: '/transfers', at: '/transfers?county', as: 'HD-C1' },
    { page: '/transfers', at: '/transfers?empty', as: 'HD-D-九曲' },
  ]
}

function aidVisits({ verified, decision, paid, payable }: CountyAtWork): readonly Visit[] {
  return [
    { page: '/cases/:no/decide', at: `/cases/${verified}/decide`, as: OFFICER },
    { page: '/cases/:no/decide', at: `/cases/${verified}/decide?wrong`, as: OFFICER, act: sendingEmpty },
    { page: '/payments', at: '/payments', as: CASHIER },
    { page: '/payments', at: '/payments?empty', as: 'HD-K-九曲' },
    { page: '/payments/:id', at: `/payments/${encodeURIComponent(payable)}`, as: CASHIER },
    { page: '/payments/:id', at: `/payments/${encodeURIComponent(paid)}`, as: CASHIER },
    { page: '/payments/:id/receipt', at: `/payments/${encodeURIComponent(paid)}/receipt`, as: CASHIER },
    { page: '/decisions/:id/supplement', at: `/decisions/${decision}/supplement`, as: OFFICER },
    {
      page: '/decisions/:id/supplement',
      at: `/decisions/${decision}/supplement?wrong`,
      as: OFFICER,
      act: sendingEmpty,
    },
    { page: '/confirmations', at: '/confirmations', as: 'HD-C1' },
  ]
}

/** Gives the page's form a file that is none, and waits until it says so. */
const sendingBadFile = async (page: Page): Promise<void> => {
  await page.setInputFiles('input[type=file]', {
    name: 'bad.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('a,b\n1\n'),
  })
  await page.locator('form:has(input[type=file]) button').click()
  await page.waitForSelector('.jjn-notice--problem')
}

/** Between the books, the bank and the till. */
function bankVisits({ township, file, count }: CountyAtWork): readonly Visit[] {
  const fund = `/funds/township-${township}`
  return [
    { page: '/payments/files', at: '/payments/files', as: CASHIER },
    { page: '/payments/files', at: '/payments/files?empty', as: 'HD-K-九曲' },
    { page: '/payments/files/new', at: '/payments/files/new', as: CASHIER },
    { page: '/payments/files/:no', at: `/payments/files/${file}`, as: CASHIER },
    { page: '/payments/files/:no', at: `/payments/files/${file}?withdraw`, as: HEAD },
    { page: '/payments/files/:no', at: `/payments/files/${file}?wrong`, as: CASHIER, act: sendingBadFile },
    { page: '/funds/:id/bank', at: `${fund}/bank`, as: CASHIER },
    { page: '/funds/:id/bank', at: `${fund}/bank?confirm`, as: HEAD },
    { page: '/funds/:id/bank', at: `/funds/county-${COUNTY}/bank`, as: 'HD-C2' },
    { page: '/funds/:id/bank', at: `${fund}/bank?wrong`, as: CASHIER, act: sendingBadFile },
    { page: '/funds/:id/cash', at: `${fund}/cash`, as: HEAD },
    { page: '/funds/:id/cash', at: '/funds/township-371312001/cash', as: 'HD-K-九曲' },
    { page: '/funds/:id/cash/:count/slip', at: `${fund}/cash/${count}/slip`, as: CASHIER },
    { page: '/funds/board', at: '/funds/board', as: 'HD-C2' },
  ]
}

function conferenceVisits(county: CountyAtWork): readonly Visit[] {
  const { verified, proposed, scheduled, session, resolved } = county
  const on = (id: string, path: string, as: string): Visit => ({
    page: `/conference/:id/${path}`,
    at: `/conference/${id}/${path}`,
    as,
  })
  return [
    { page: '/conference', at: '/conference', as: 'HD-S1' },
    { page: '/conference', at: '/conference?empty', as: 'HD-M-教育' },
    { page: '/conference/:id', at: `/conference/${proposed}`, as: 'HD-C1' },
    { page: '/conference/:id', at: `/conference/${scheduled}`, as: 'HD-M-住建' },
    { page: '/conference/:id', at: `/conference/${session}`, as: 'HD-S1' },
    { page: '/conference/:id', at: `/conference/${resolved}`, as: 'HD-CH1' },
    on(proposed, 'return', 'HD-C1'),
    on(scheduled, 'schedule', 'HD-S1'),
    on(session, 'opinion', 'HD-M-住建'),
    on(session, 'interest', 'HD-M-住建-2'),
    on(session, 'resolution', 'HD-S1'),
    { ...on(session, 'resolution', 'HD-S1'), at: `/conference/${session}/resolution?wrong`, act: sendingEmpty },
    on(resolved, 'minutes', 'HD-S1'),
    { page: '/cases/:no/propose', at: `/cases/${verified}/propose`, as: OFFICER },
    { page: '/cases/:no/propose', at: `/cases/${verified}/propose?wrong`, as: OFFICER, act: sendingEmpty },
  ]
}

function fundVisits({ township, proposal }: CountyAtWork): readonly Visit[] {
  const fund = `/funds/township-${township}`
  return [
    { page: '/funds', at: '/funds', as: 'HD-C1' },
    { page: '/funds/:id', at: fund, as: 'HD-C2' },
    { page: '/funds/:id', at: `/funds/county-${COUNTY}`, as: 'HD-A1' },
    { page: '/funds/:id/entries/:seq', at: `${fund}/entries/2`, as: 'HD-A1' },
    { page: '/funds/:id/moves/:move', at: `${fund}/moves/appropriation`, as: 'HD-C2' },
    { page: '/funds/:id/moves/:move', at: `${fund}/moves/purchase?wrong`, as: CASHIER, act: sendingEmpty },
    { page: '/funds/:id/moves/:move', at: `${fund}/moves/recalled-claim?wrong`, as: 'HD-C1', act: sendingEmpty },
    { page: '/funds/:id/moves/:move', at: `${fund}/moves/reversal`, as: CASHIER },
    { page: '/funds/:id/proposals/:proposal', at: `${fund}/proposals/${proposal}`, as: HEAD },
    { page: '/funds/:id/proposals/:proposal', at: `${fund}/proposals/${proposal}?own`, as: CASHIER },
    { page: '/funds/:id/statements', at: `${fund}/statements`, as: CASHIER },
    { page: '/funds/:id/statements/:period', at: `${fund}/statements/2026-11`, as: HEAD },
    { page: '/statements', at: '/statements', as: 'HD-C2' },
    { page: '/statements/:period', at: '/statements/2026-11', as: 'HD-A1' },
    { page: '/audit', at: '/audit', as: 'HD-A1' },
    { page: '/audit', at: '/audit?verified', as: 'HD-A1', act: verifying },
    { page: '/policies', at: '/policies', as: 'HD-C1' },
  ]
}

function peopleVisits({ person, child }: CountyAtWork): readonly Visit[] {
  const asking = async (page: Page) => {
    await page.fill('[name=phone]', '12800001111')
    await sending('#found, [name=withPersonId], .jjn-notice')(page)
  }
  const revealing = async (page: Page) => {
    await page.check('[name=reason] >> nth=0')
    await sending('.jjn-number')(page)
  }
  return [
    { page: '/people', at: '/people', as: OFFICER },
    { page: '/people', at: '/people?found', as: OFFICER, act: asking },
    { page: '/people/new', at: '/people/new', as: OFFICER },
    { page: '/people/:id', at: `/people/${person}`, as: OFFICER },
    { page: '/people/:id', at: `/people/${child}`, as: 'HD-C1' },
    { page: '/people/:id/edit', at: `/people/${person}/edit`, as: OFFICER },
    { page: '/people/:id/history', at: `/people/${person}/history`, as: 'HD-A1' },
    { page: '/people/:id/household', at: `/people/${person}/household`, as: OFFICER },
    { page: '/people/:id/household', at: `/people/${person}/household?found`, as: OFFICER, act: asking },
    { page: '/people/:id/reveal', at: `/people/${child}/reveal?field=name`, as: OFFICER },
    { page: '/people/:id/reveal', at: `/people/${person}/reveal?field=phones`, as: OFFICER, act: revealing },
  ]
}

function administration({ township, officer, line }: CountyAtWork): readonly Visit[] {
  const page = (at: string, declared = at, as = ADMIN): Visit => ({ page: declared, at, as })
  const wrong = (at: string): Visit => ({ page: at, at: `${at}?wrong`, as: ADMIN, act: sendingEmpty })
  const adding = async (tab: Page) => {
    await tab.fill('[name=account]', `HD-new-${Math.random().toString(36).slice(2, 8)}`)
    await tab.fill('[name=name]', '测试新人')
    await tab.selectOption('[name=unit]', township)
    await tab.selectOption('[name=role1]', 'duty_officer')
    await tab.selectOption('[name=roleUnit1]', township)
    await sending('.jjn-secret')(tab)
  }
  return [
    page('/admin'),
    page('/admin/units'),
    page('/admin/units/new'),
    wrong('/admin/units/new'),
    page(`/admin/units/${township}`, '/admin/units/:id'),
    page('/admin/staff'),
    page('/admin/staff/new'),
    { ...page('/admin/staff/new'), at: '/admin/staff/new?added', act: adding },
    page(`/admin/staff/${officer}`, '/admin/staff/:id'),
    page('/admin/windows'),
    page('/admin/windows/new'),
    wrong('/admin/windows/new'),
    page(`/admin/windows/${township}-window`, '/admin/windows/:id'),
    page('/admin/hotlines'),
    page('/admin/hotlines/new'),
    page(`/admin/hotlines/${line}`, '/admin/hotlines/:id'),
    page('/admin/resets'),
    page('/roster'),
    page(`/roster/${township}`, '/roster/:unit', HEAD),
    page(`/roster/${COUNTY}-hotline`, '/roster/:unit', 'HD-SV1'),
  ]
}
