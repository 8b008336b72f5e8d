import { fen } from '../../src/shared/fen.ts'
import type { Fen } from '../../src/shared/fen.ts'
import { DomainError } from '../../src/shared/errors.ts'
import type { Command } from '../../src/ledger/command.ts'
import type { Entry } from '../../src/ledger/entry.ts'
import { decide, isRefused } from '../../src/ledger/decide.ts'
import type { FundHead } from '../../src/ledger/fund.ts'
import type { Decision, Ground, LowWater } from '../../src/ledger/ground.ts'
import { afterDecision, NO_GROUND } from '../../src/ledger/ground.ts'
import type { Hold } from '../../src/ledger/hold.ts'
import type { SubBalance } from '../../src/ledger/sub-account.ts'

/** A ledger on paper: the pure rules with a plain memory, and no database. */
export interface PaperLedger {
  readonly entries: Entry[]
  readonly lows: LowWater[]
  ground: Ground
  now: Date
  /** Runs a command; gives what it decided, or throws what it refused. */
  run(command: Command, by?: { actor?: string; key?: string }): Decision
  /** Runs a command and gives the code of its refusal, or `done`. */
  attempt(command: Command, by?: { actor?: string; key?: string }): string
  head(fundId: string): FundHead
  holds(): Hold[]
  subs(): SubBalance[]
}

/** An empty ledger whose clock stands at 2026-11-28 23:40:10 in China. */
export function paperLedger(): PaperLedger {
  let keys = 0
  const ledger: PaperLedger = {
    entries: [],
    lows: [],
    ground: NO_GROUND,
    now: new Date('2026-11-28T23:40:10+08:00'),
    run(command, { actor = 'D-1', key = `key-${(keys += 1)}` } = {}) {
      const stamp = { at: ledger.now, actor, isPerson: true, key, line: 0, bodyHash: 'b'.repeat(64) }
      const outcome = decide(ledger.ground, command, stamp)
      if (isRefused(outcome)) throw outcome.refusal
      ledger.ground = afterDecision(ledger.ground, outcome)
      ledger.entries.push(...outcome.entries)
      ledger.lows.push(...outcome.lows)
      return outcome
    },
    attempt(command, by) {
      try {
        ledger.run(command, by)
        return 'done'
      } catch (error) {
        if (error instanceof DomainError) return error.code
        throw error
      }
    },
    head(fundId) {
      const head = ledger.ground.heads.get(fundId)
      if (!head) throw new Error(`No fund ${fundId}`)
      return head
    },
    holds: () => [...ledger.ground.holds.values()],
    subs: () =>
      [...ledger.ground.subs].flatMap(([key, amountFen]) => {
        const [fundId = '', account = '', ...sub] = key.split('|')
        return amountFen === 0 ? [] : [{ fundId, account: account as never, sub: sub.join('|'), amountFen, since: '' }]
      }),
  }
  return ledger
}

let sources = 0

/** A source nothing else came from. */
export function aSource(type = 'test'): { type: string; id: string } {
  return { type, id: `s${(sources += 1)}` }
}

/** The second name that some entries need: nobody else in these tests is called so. */
export const APPROVED = { approver: 'C1' } as const

const TERMS = { floatFen: fen(5_000_000), lowWaterPercent: 30 }
const NO_TERMS = { floatFen: fen(0), lowWaterPercent: 0 }

export const CHANGLE = 'township-320614103'
export const YUELAI = 'township-320614104'
export const SIJIA = 'township-320614105'
export const YUDONG = 'township-320614106'
export const ZHENGYU = 'township-320614107'
export const HAIYONG = 'township-320614102'
export const SIJIA_VILLAGE = 'village-320614105201'
export const COUNTY = 'county-320614'
export const DONATION = 'donation-320614'

/** The opening ledger of the stories' fixture, as commands. */
export function fixtureCommands(): Command[] {
  const open = (fundId: string, name: string, terms = NO_TERMS): Command => ({
    do: 'open-fund',
    fundId,
    name,
    terms,
    source: aSource('opening'),
  })
  const appropriate = (fundId: string, sum: number, drawn = 200_000): Command[] => [
    { do: 'order-appropriation', fundId, amountFen: fen(sum), source: aSource() },
    { do: 'book-arrival', fundId, amountFen: fen(sum), source: aSource() },
    { do: 'draw-cash', fundId, amountFen: fen(drawn), source: aSource() },
  ]
  const goods = (fundId: string, sum: number): Command => ({
    do: 'issue-goods',
    fundId,
    amountFen: fen(sum),
    source: aSource(),
  })
  return [
    open(COUNTY, '海门区'),
    { do: 'receive-budget', fundId: COUNTY, amountFen: fen(100_000_000), source: aSource() },
    open(CHANGLE, '常乐', TERMS),
    open(YUELAI, '悦来', TERMS),
    open(SIJIA, '四甲', TERMS),
    open(YUDONG, '余东', TERMS),
    open(ZHENGYU, '正余', TERMS),
    open(HAIYONG, '海永', { ...TERMS, floatFen: fen(50_000) }),
    open(SIJIA_VILLAGE, '四甲一村', { ...TERMS, floatFen: fen(100_000) }),
    open(DONATION, '海门区捐赠'),
    ...[CHANGLE, YUELAI, SIJIA, YUDONG, ZHENGYU].flatMap((fundId) => appropriate(fundId, 5_000_000)),
    ...appropriate(HAIYONG, 50_000, 50_000),
    {
      do: 'fund-subfund',
      fundId: SIJIA_VILLAGE,
      from: 'bank',
      into: 'cash',
      amountFen: fen(100_000),
      source: aSource(),
    },
    goods(CHANGLE, 100_000),
    goods(YUELAI, 100_000),
    goods(YUDONG, 1_000_000),
    { do: 'receive-donation', fundId: DONATION, amountFen: fen(2_000_000), source: aSource() },
  ]
}

let fixture: PaperLedger | undefined

/** The paper ledger with the stories' fixture in it; worked out once, then copied. */
export function fixtureLedger(): PaperLedger {
  fixture ??= withFixture(paperLedger())
  const ledger = paperLedger()
  ledger.entries.push(...fixture.entries)
  ledger.ground = fixture.ground
  return ledger
}

function withFixture(ledger: PaperLedger): PaperLedger {
  for (const command of fixtureCommands()) ledger.run(command, { actor: 'C2', key: `fixture-${ledger.entries.length}` })
  return ledger
}

/** Holds and pays one payment order, as two people do. */
export function paidOrder(
  ledger: PaperLedger,
  fundId: string,
  account: 'bank' | 'cash' | 'inkind' | 'c_bank',
  caseNo: string,
  amount: Fen,
): void {
  const { holds } = ledger.run({
    do: 'place-hold',
    fundId,
    account,
    amountFen: amount,
    purpose: { use: 'advance', caseNo },
    source: aSource('payment-order'),
  })
  ledger.run({ do: 'post-hold', holdId: holds[0]?.holdId ?? '' }, { actor: 'K-1' })
}
