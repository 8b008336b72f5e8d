import type { AidStore, PaymentFileStore } from '../aid/index.ts'
import { afterEmergencyEnded, createAidStore, createPaymentFileStore, latePapers, papersDue } from '../aid/index.ts'
import type { AfterEmergencyEnded, CaseRecord, CaseStore } from '../cases/index.ts'
import { createCaseStore } from '../cases/index.ts'
import type { ConferenceStore } from '../conference/index.ts'
import { createConferenceStore } from '../conference/index.ts'
import type { Deadlines, DeadlineStore } from '../deadlines/index.ts'
import { createDeadlines, createDeadlineStore } from '../deadlines/index.ts'
import type { Directory } from '../directory/index.ts'
import { createDirectory } from '../directory/index.ts'
import type { DivisionStore } from '../directory/divisions/index.ts'
import { createDivisionStore } from '../directory/divisions/index.ts'
import type { IntakeStore, RegisterIntakeServices } from '../intake/index.ts'
import { createIntakeStore } from '../intake/index.ts'
import type {
  BankStore,
  CashCountStore,
  CloseRules,
  FundQueue,
  LatePapers,
  LedgerProof,
  LedgerStore,
  PapersDue,
} from '../ledger/index.ts'
import {
  createBankStore,
  createCashCountStore,
  createFundQueue,
  createLedgerProof,
  createLedgerStore,
  scopeOfFund,
  unexplainedBankLines,
} from '../ledger/index.ts'
import type { CallStore, LinePhone } from '../hotline/index.ts'
import { createCallStore } from '../hotline/index.ts'
import { join } from 'node:path'
import type { NoticeStore } from '../notifications/index.ts'
import { createNoticeStore, seeNoticesOfCase } from '../notifications/index.ts'
import { projectRoot } from '../platform/project-root.ts'
import type { ExchangeControl, Telephony, TelephonyConfig } from '../platform/telephony/index.ts'
import { createExchangeControl, createTelephony } from '../platform/telephony/index.ts'
import type { Language, Presenter } from '../platform/views/index.ts'
import { createPresenter, LANGUAGES, loadWords, timeWriter } from '../platform/views/index.ts'
import type { HouseholdStore, PersonStore } from '../people/index.ts'
import { createHouseholdStore, createPersonStore, findOrAddPerson } from '../people/index.ts'
import type { Calendars, Policies, PolicyStore } from '../policy/index.ts'
import { createPolicies, createPolicyStore } from '../policy/index.ts'
import { createPlaces } from '../routing/index.ts'
import type { Places } from '../routing/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { Config } from './config.ts'
import type { PlatformServices } from './platform-services.ts'
import { createPlatformServices } from './platform-services.ts'
import { registerModels } from './models.ts'

/** Everything the product works with, made once per process. Each function names the part it uses. */
export interface Services extends PlatformServices, Directory, LedgerProof {
  readonly divisions: DivisionStore
  readonly policyStore: PolicyStore
  readonly policies: Policies
  readonly calendar: Calendars
  readonly deadlineStore: DeadlineStore
  readonly deadlines: Deadlines
  readonly people: PersonStore
  readonly households: HouseholdStore
  readonly cases: CaseStore
  readonly places: Places
  readonly intakes: IntakeStore
  readonly identify: RegisterIntakeServices['identify']
  readonly ledger: LedgerStore
  readonly fundQueue: FundQueue
  /** Which of some cases owe papers whose time is over. */
  readonly latePapers: LatePapers
  /** When the papers of some cases are due. */
  readonly papersDue: PapersDue
  readonly bank: BankStore
  readonly cashCounts: CashCountStore
  readonly closeRules: CloseRules
  /** On which day of the next month a month is closed by itself; 0 leaves it to people. */
  readonly closeDay: (county: string, at: Date) => Promise<number>
  readonly aid: AidStore
  readonly paymentFiles: PaymentFileStore
  readonly calls: CallStore
  readonly conferences: ConferenceStore
  readonly notices: NoticeStore
  readonly telephony: Telephony
  /** Writes what goes out by itself, such as notices, in a language. */
  readonly presenterIn: (language: Language) => Presenter
  /** The hands on the local exchange; absent with Twilio. */
  readonly exchangeControl: ExchangeControl | undefined
  readonly linePhone: LinePhone | undefined
  readonly afterEmergencyEnded: AfterEmergencyEnded
  /** Somebody has a case before their eyes: what they were told about it is seen. */
  readonly caseOpened: (found: CaseRecord, actor: Actor) => Promise<void>
  /** The counties served here. */
  counties(): Promise<readonly string[]>
}

/**
 * Opens the stores and puts the domains together.
 *
 * @throws Error with one line when the database or Redis cannot be used
 */
export async function createServices(config: Config): Promise<Services> {
  return composeServices(await createPlatformServices(config))
}

/** The domains on a platform that is already there. */
export function composeServices(platform: PlatformServices): Services {
  const { connection, clock, vault } = platform
  registerModels(connection)
  const directory = createDirectory(platform)
  const divisions = createDivisionStore(connection)
  const policyStore = createPolicyStore(connection)
  const { policies, calendar } = createPolicies(policyStore)
  const deadlineStore = createDeadlineStore(connection)
  const deadlines = createDeadlines({ store: deadlineStore, calendar })
  const people = createPersonStore(connection)
  const cases = createCaseStore(connection)
  const aid = createAidStore(connection)
  const notices = createNoticeStore(connection)
  const { exchangeUrl } = platform.config.telephony
  const words = loadWords(join(projectRoot(), 'views'), LANGUAGES, (message) => platform.log.warn(message))
  const bank = createBankStore(connection)
  const times = timeWriter(platform.config.timeZone)
  const exchangeControl = exchangeUrl === undefined ? undefined : createExchangeControl(exchangeUrl)

  return {
    ...platform,
    ...directory,
    divisions,
    policyStore,
    policies,
    calendar,
    deadlineStore,
    deadlines,
    people,
    households: createHouseholdStore(connection),
    cases,
    places: createPlaces({ divisions, clock }),
    intakes: createIntakeStore(connection),
    identify: async (tx, { name, identityNumber, phone }) => {
      const found = await findOrAddPerson({ people, vault }, tx, {
        name,
        identityNumber,
        phones: phone ? [phone] : undefined,
      })
      return { personId: found.personId }
    },
    ledger: createLedgerStore(connection),
    cashCounts: createCashCountStore(connection),
    fundQueue: createFundQueue(),
    latePapers: (county, caseNos) => latePapers({ deadlineStore }, county, caseNos),
    papersDue: (county, caseNos) => papersDue({ deadlineStore }, county, caseNos),
    bank,
    ...createLedgerProof(platform, platform.config.ledgerKeyFile),
    closeRules: {
      heldDays: async (fundId, at) =>
        (await policies.at({ scope: scopeOfFund(fundId), at })).value('period.explain_after_days'),
      unexplainedLines: async (county, fundId, period) =>
        (await unexplainedBankLines({ bank }, county, fundId, period)).length,
    },
    closeDay: async (county, at) => (await policies.at({ scope: county, at })).value('period.close_day'),
    aid,
    paymentFiles: createPaymentFileStore(connection),
    calls: createCallStore(connection),
    conferences: createConferenceStore(connection),
    notices,
    telephony: createTelephony(telephonyConfig(platform.config)),
    presenterIn: (language) => createPresenter(words, times, language, clock.now()),
    exchangeControl,
    linePhone: exchangeControl && linePhoneOf(exchangeControl),
    afterEmergencyEnded: (tx, ended) => afterEmergencyEnded({ aid, deadlines, policies }, tx, ended),
    caseOpened: ({ no }, actor) => seeNoticesOfCase({ ...platform, notices, deadlines }, no, actor),
    counties: () => directory.units.counties(),
  }
}

/** An operator's line at the local exchange, answered from the desk. */
function linePhoneOf(control: ExchangeControl): LinePhone {
  return {
    answer: async (line) => {
      await control.answerPhone(`client:${line}`)
    },
    hangUp: async (line) => {
      await control.hangUpPhone(`client:${line}`)
    },
  }
}

function telephonyConfig({ telephony }: Config): TelephonyConfig {
  const { accountSid, authToken, number, exchangeUrl } = telephony
  return {
    accountSid,
    authToken,
    ...(number === '' ? {} : { number }),
    ...(exchangeUrl === undefined ? {} : { exchangeUrl }),
  }
}
