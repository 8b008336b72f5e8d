import { MAX_BALANCE_FEN } from '../../../src/ledger/balances.ts'
import { accountsOf, identityGap, isReal, mayBeNegative } from '../../../src/ledger/chart.ts'
import type { Entry } from '../../../src/ledger/entry.ts'
import type { FundHead } from '../../../src/ledger/fund.ts'
import { balanceOf, freeFen, heldOf } from '../../../src/ledger/fund.ts'
import type { Verdict } from '../../../src/ledger/verify/verifier.ts'
import { createVerifier } from '../../../src/ledger/verify/verifier.ts'
import type { PaperLedger } from '../paper-ledger.ts'

/** I1, I2, I3, I8 and I20 of a ledger as it stands after a step. */
export function expectSoundNow(ledger: PaperLedger): void {
  const wrong = [...ledger.entries.slice(-3).flatMap(unbalanced), ...[...ledger.ground.heads.values()].flatMap(unsound)]
  const pending = pendingFen(ledger)
  for (const { fundId, held } of ledger.ground.heads.values())
    if (Object.values(held).reduce((sum, amount) => sum + amount, 0) !== (pending.get(fundId) ?? 0))
      wrong.push(`${fundId} holds something else than its pending holds`)
  if (wrong.length > 0) throw new Error(wrong.join('; '))
}

function unbalanced({ _id, legs }: Entry): string[] {
  return legs.reduce((sum, { d, c }) => sum + d - c, 0) === 0 ? [] : [`${_id} does not balance`]
}

function unsound(head: FundHead): string[] {
  const wrong = identityGap(head.kind, head.bal) === 0 ? [] : [`identity of ${head.fundId}`]
  for (const account of accountsOf(head.kind)) {
    const balance = balanceOf(head, account)
    const isExact = Number.isSafeInteger(balance) && Math.abs(balance) <= MAX_BALANCE_FEN
    const isOverdrawn = balance < 0 && !mayBeNegative(account)
    const isPromisedTwice = isReal(account) && (freeFen(head, account) < 0 || heldOf(head, account) < 0)
    if (!isExact || isOverdrawn || isPromisedTwice) wrong.push(`${account} of ${head.fundId} stands at ${balance}`)
  }
  return wrong
}

function pendingFen({ ground }: PaperLedger): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { fundId, status, amountFen } of ground.holds.values())
    if (status === 'pending') sums.set(fundId, (sums.get(fundId) ?? 0) + amountFen)
  return sums
}

/** I4: everything derived again from the entries. */
export function verdictOf(ledger: PaperLedger): Verdict {
  const verifier = createVerifier()
  const inOrder = [...ledger.entries].sort((a, b) =>
    a.fundId === b.fundId ? a.seq - b.seq : a.fundId < b.fundId ? -1 : 1,
  )
  for (const entry of inOrder) verifier.add(entry)
  return verifier.finish({ heads: [...ledger.ground.heads.values()], holds: ledger.holds(), subs: ledger.subs() })
}
