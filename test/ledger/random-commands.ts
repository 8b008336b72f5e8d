import fc from 'fast-check'
import { fen } from '../../src/shared/fen.ts'
import type { Command } from '../../src/ledger/command.ts'
import { lotSub, valueFenOf } from '../../src/ledger/goods.ts'
import type { HoldPurpose } from '../../src/ledger/hold.ts'
import { readClaimSub } from '../../src/ledger/sub-account.ts'
import { readDebtSub } from '../../src/ledger/debt.ts'
import type { PaperLedger } from './paper-ledger.ts'
import {
  APPROVED,
  aSource,
  CHANGLE,
  COUNTY,
  DONATION,
  fixtureLedger,
  HAIYONG,
  SIJIA,
  SIJIA_VILLAGE,
} from './paper-ledger.ts'

/** A command that does not know yet which holds there are when its turn comes. */
export type Step = (ledger: PaperLedger) => { command: Command; actor: string; afterMs: number }

const FUNDS = [CHANGLE, CHANGLE, CHANGLE, SIJIA, HAIYONG, SIJIA_VILLAGE, COUNTY, DONATION]
const CASES = ['A1', 'A2']
const TYPES = ['急难', '急难', '支出型']

const amount = fc
  .oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 2_000 }) },
    { weight: 2, arbitrary: fc.integer({ min: 2_000, max: 120_000 }) },
    fc.integer({ min: 120_000, max: 30_000_000 }),
  )
  .map((n) => fen(n))
const little = fc.integer({ min: 1, max: 500 }).map((n) => fen(n))
const fund = fc.constantFrom(...FUNDS)
const account = fc.constantFrom('bank', 'cash', 'bank', 'cash', 'inkind', 'c_bank', 'd_bank')
const moneyAccount = fc.constantFrom('bank', 'cash')
const caseNo = fc.constantFrom(...CASES)
const type = fc.constantFrom(...TYPES)

const purpose: fc.Arbitrary<HoldPurpose> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ use: fc.constant('advance' as const), caseNo }) },
  fc.record({ use: fc.constant('release' as const), caseNo, type }),
  fc.record({ use: fc.constant('donation' as const), caseNo }),
)

const debtor = fc.constantFrom('person' as const, 'unit' as const)

/** Two items, one of them at two prices. */
const goods = fc.uniqueArray(
  fc.record({
    item: fc.constantFrom('rice-5kg', 'quilt'),
    unitFen: fc.constantFrom(fen(2_500), fen(2_600)),
    quantity: fc.integer({ min: 1, max: 20 }),
  }),
  { minLength: 1, maxLength: 3, selector: lotSub },
)

type Free = Command extends infer Any ? (Any extends unknown ? Omit<Any, 'source'> : never) : never

const onOneFund = fc.oneof(
  fc.record({
    do: fc.constantFrom('receive-budget', 'order-appropriation', 'book-arrival', 'issue-goods', 'receive-donation'),
    fundId: fund,
    amountFen: amount,
  }),
  fc.record({ do: fc.constantFrom('draw-cash', 'return-cash'), fundId: fund, amountFen: amount }),
  fc.record({ do: fc.constant('buy-goods'), fundId: fund, amountFen: amount, from: moneyAccount }),
  fc.record({
    do: fc.constantFrom('fund-subfund', 'return-subfund'),
    fundId: fc.constantFrom(SIJIA_VILLAGE, CHANGLE),
    from: moneyAccount,
    into: moneyAccount,
    amountFen: amount,
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('place-hold'),
      fundId: fund,
      account,
      purpose,
      amountFen: amount,
      expiresAt: fc.constantFrom('2026-12-01T00:00:00+08:00', '2027-12-01T00:00:00+08:00'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pay'), fundId: fund, account, purpose, amountFen: amount }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('confirm-advance'), fundId: fund, caseNo, type, amountFen: little }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('replenish'),
      fundId: fund,
      lines: fc.array(
        fc.record({ caseNo, type, amountFen: little, into: fc.constantFrom('bank', 'bank', 'bank', 'cash', 'inkind') }),
        {
          maxLength: 3,
        },
      ),
    }),
  },
  fc.record({
    do: fc.constantFrom('freeze-fund', 'thaw-fund', 'thaw-fund'),
    fundId: fc.constantFrom(CHANGLE, HAIYONG),
  }),
  fc.record({
    do: fc.constantFrom('refuse-advance', 'recall-claim'),
    fundId: fund,
    caseNo,
    type,
    debtor,
    amountFen: little,
  }),
  fc.record({
    do: fc.constantFrom('raise-quota', 'lower-quota', 'order-return', 'pay-return', 'hand-over-surplus'),
    fundId: fc.constantFrom(CHANGLE, CHANGLE, SIJIA, SIJIA_VILLAGE, COUNTY),
    amountFen: fc.oneof(little, amount),
  }),
  fc.record({
    do: fc.constant('order-recovery'),
    fundId: fc.constant(COUNTY),
    caseNo,
    type,
    debtor,
    amountFen: fc.constantFrom(fen(1), fen(200)),
  }),
  fc.record({
    do: fc.constantFrom('book-shortage', 'book-surplus', 'book-surplus'),
    fundId: fc.constantFrom(CHANGLE, CHANGLE, SIJIA_VILLAGE, COUNTY),
    account: fc.constantFrom('bank', 'cash', 'inkind'),
    amountFen: little,
  }),
  fc.record({
    do: fc.constant('charge-shortage'),
    fundId: fc.constantFrom(CHANGLE, SIJIA_VILLAGE),
    of: fc.constant('count-1'),
    amountFen: little,
  }),
  fc
    .record({ do: fc.constantFrom('issue-goods', 'pay', 'book-shortage'), fundId: fund, goods })
    .map(({ do: name, fundId, goods: lines }) => ({
      do: name,
      fundId,
      goods: lines,
      account: 'inkind',
      purpose: { use: 'advance', caseNo: 'A1' },
      amountFen: fen(valueFenOf(lines)),
    })),
) as unknown as fc.Arbitrary<Free>

const onOneHold = fc.record({
  do: fc.constantFrom('post-hold', 'post-hold', 'void-hold', 'expire-hold'),
  which: fc.nat(),
  part: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
})

const actor = fc.constantFrom('D-1', 'K-1')
const afterMs = fc.constantFrom(0, 1, 60_000, -7_200_000, 5 * 86_400_000)

/** Confirms or refunds something that is really open, so that histories get that far. */
const onOpenPart = fc.record({ which: fc.nat(), type, into: fc.constantFrom('bank' as const, 'cash' as const) })

function settle(ledger: PaperLedger, which: number, typeOfAid: string, into: 'bank' | 'cash'): Command {
  const open = ledger.subs().filter(({ account: a }) => SETTLED.includes(a))
  const part = open[which % Math.max(1, open.length)]
  const { fundId = CHANGLE, amountFen = fen(1), sub = 'A1' } = part ?? {}
  const about = { fundId, amountFen, ...APPROVED, source: aSource() }
  switch (part?.account) {
    case 'claim': {
      const line = { ...readClaimSub(sub), amountFen }
      if (which % 5 === 0) return { do: 'recall-claim', ...about, ...line, debtor: 'unit' }
      if (which % 5 === 1) return { do: 'settle-claims', ...about, lines: [line] }
      return { do: 'replenish', ...about, lines: [{ ...line, into }] }
    }
    case 'recover':
      return { do: 'take-over-debt', ...about, ...readDebtSub(sub) }
    case 'c_recover':
      return { do: which % 2 === 0 ? 'write-off' : 'receive-repayment', ...about, ...readDebtSub(sub) }
    default:
      if (which % 4 === 0) return { do: 'refuse-advance', ...about, caseNo: sub, debtor: 'person' }
      return { do: 'confirm-advance', ...about, caseNo: sub, type: typeOfAid }
  }
}

const SETTLED: readonly string[] = ['advance', 'claim', 'recover', 'c_recover']

/** Hands the county what a fund owes it, or what a count found too much there, if anything. */
function handBack(ledger: PaperLedger, fundId: string): Command {
  const { bal } = ledger.head(fundId)
  const about = { fundId, ...APPROVED, source: aSource() }
  const owed = bal.return ?? 0
  if (owed > 0) return { do: 'pay-return', ...about, amountFen: fen(owed) }
  return { do: 'hand-over-surplus', ...about, amountFen: fen(Math.max(1, 0 - (bal.suspense ?? 0))) }
}

/** Undoes an entry, or takes back what a bank paid; seldom the same one twice. */
function undo(ledger: PaperLedger, which: number): Command {
  const entry = ledger.entries[ledger.entries.length - 1 - (which % Math.min(40, ledger.entries.length))]
  const name = entry?.kind === 'aid.paid' ? 'return-payment' : 'reverse-entry'
  return { do: name, entryId: entry?._id ?? '', ...APPROVED, source: aSource() }
}

/** One step of a random history: sound and unsound commands alike. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(onOneFund, actor, afterMs).map(([command, who, ms]): Step => () => ({
      command: { ...APPROVED, ...command, source: aSource() } as Command,
      actor: who,
      afterMs: ms,
    })),
  },
  fc
    .tuple(fc.constantFrom(CHANGLE, CHANGLE, SIJIA_VILLAGE), actor, afterMs)
    .map(([fundId, who, ms]): Step => (ledger) => ({ command: handBack(ledger, fundId), actor: who, afterMs: ms })),
  fc.tuple(fc.nat(), fc.constantFrom('D-1', 'K-1', 'C1'), afterMs).map(([which, who, ms]): Step => (ledger) => ({
    command: undo(ledger, which),
    actor: who,
    afterMs: ms,
  })),
  fc.tuple(onOpenPart, actor, afterMs).map(([{ which, type: typeOfAid, into }, who, ms]): Step => (ledger) => ({
    command: settle(ledger, which, typeOfAid, into),
    actor: who,
    afterMs: ms,
  })),
  fc.tuple(onOneHold, actor, afterMs).map(([{ do: name, which, part }, who, ms]): Step => (ledger) => {
    const holds = ledger.holds()
    const holdId = holds[which % Math.max(1, holds.length)]?.holdId ?? `${CHANGLE}:999`
    const some = name === 'post-hold' && part !== undefined ? { amountFen: fen(part) } : {}
    return { command: { do: name, holdId, ...some }, actor: who, afterMs: ms }
  }),
)

/** What became of a step. */
export interface Ran {
  readonly command: Command
  /** `done` or the code of the refusal. */
  readonly outcome: string
}

/** Runs a history on the stories' fixture; calls back after each step. */
export function runHistory(steps: readonly Step[], after: (ledger: PaperLedger, ran: Ran) => void): PaperLedger {
  const ledger = fixtureLedger()
  for (const step of steps) {
    const { command, actor: who, afterMs: ms } = step(ledger)
    ledger.now = new Date(ledger.now.getTime() + ms)
    after(ledger, { command, outcome: ledger.attempt(command, { actor: who }) })
  }
  return ledger
}
