import { expect } from 'chai'
import type { Services } from '../../src/app/services.ts'
import { verifyJournal } from '../../src/journal/index.ts'
import { trialBalance } from '../../src/ledger/county-trial-balance.ts'
import { standing } from '../../src/ledger/trial-balance.ts'

/** Collections to which rows are only ever added: the trail and the ledger. */
const ADD_ONLY = ['journal', 'looks', 'ledger_entries'] as const

/** Watches a county's books and trail through a story. */
export interface Books {
  /**
   * What must be true after every step: the trial balances are nil, no row of the trail was changed or taken away since the last look, its
   * chains hold, and every request for help has exactly one person who answers for it.
   */
  hold(): Promise<void>
  /** What was booked since the last call, in the words of the stories: `{'ADVANCE:…': 35000, 'IMPREST:常乐': -32000}`. Debits above zero. Fen. */
  booked(): Promise<Readonly<Record<string, number>>>
  /** What stands on an account, `IMPREST:常乐`. Fen. */
  balanceOf(account: string): Promise<number>
}

/** Opens the books of a county for looking. */
export async function openBooks(services: Services, county: string): Promise<Books> {
  const { connection, ledger } = services
  const trail = new Map<string, string>()
  let before = await standings()

  return {
    async hold() {
      const { chart, stories, donations } = await trialBalance(ledger, county)
      for (const book of [chart, stories, donations]) expect(book.debitFen).to.equal(book.creditFen)
      expect(standing(stories, 'UNEXPLAINED')).to.equal(0)
      await trailOnlyGrew()
      expect((await verifyJournal(connection, county)).faults).to.deep.equal([])
      await everybodyHasSomebody()
    },
    async booked() {
      const now = await standings()
      const accounts = new Set([...before.keys(), ...now.keys()])
      const changes = [...accounts].map((name) => [name, (now.get(name) ?? 0) - (before.get(name) ?? 0)] as const)
      before = now
      return Object.fromEntries(changes.filter(([, fen]) => fen !== 0))
    },
    balanceOf: async (account) => standing((await trialBalance(ledger, county)).stories, account),
  }

  async function standings(): Promise<Map<string, number>> {
    const { stories } = await trialBalance(ledger, county)
    return new Map(stories.rows.map(({ account, debitFen, creditFen }) => [account, debitFen - creditFen]))
  }

  async function trailOnlyGrew(): Promise<void> {
    const rows = new Map<string, string>()
    for (const name of ADD_ONLY)
      for (const row of await connection.collection(name).find({ county }).toArray())
        rows.set(`${name}/${String(row._id)}`, JSON.stringify(row))
    for (const [id, row] of trail) expect(rows.get(id), id).to.equal(row)
    for (const [id, row] of rows) trail.set(id, row)
  }

  async function everybodyHasSomebody(): Promise<void> {
    const staff = await services.staff.book(county)
    for (const intake of await connection.collection('intakes').find({ county, callType: 'HELP' }).toArray()) {
      const found = await services.cases.find(county, String(intake['caseNo']))
      expect(found?.responsible.unit, 'responsible unit').to.be.a('string').and.not.equal('')
      expect(staff.get(found?.responsible.staffId ?? ''), 'responsible person').to.be.an('object')
    }
  }
}
