import type { Fen } from '../shared/fen.ts'
import type { RealAccount } from './chart.ts'
import type { Debt, Debtor } from './debt.ts'
import type { Source } from './entry.ts'
import type { FundId, FundOpening } from './fund.ts'
import type { GoodsLine } from './goods.ts'
import type { HoldPurpose } from './hold.ts'

/** What every command carries besides its own fields. */
export interface Origin {
  /** The day it happened, `2026-11-29`; today when left out, never later than today. */
  readonly effectiveOn?: string
  /** The month of `effectiveOn`, said on purpose when that month is closed already. */
  readonly lateFor?: string
  /** Staff id of who approved it; some kinds of entries need one who is not the actor (`second-person.ts`). */
  readonly approver?: string
  /** A code of lower-case words, dots, dashes and underscores; never a sentence. */
  readonly reason?: string
  /** SHA-256 digests of the papers. */
  readonly evidence?: readonly string[]
}

interface Sourced extends Origin {
  /** What it came from; at most one entry of each kind has it, whatever keys are used. */
  readonly source: Source
}

interface Movement {
  readonly fundId: FundId
  readonly amountFen: Fen
}

/** Goods named one by one are worth exactly `amountFen`; without names they are kept by value. */
interface WithGoods {
  readonly goods?: readonly GoodsLine[]
}

/** One confirmed claim. */
export interface ClaimLine {
  readonly caseNo: string
  /** Type of aid, e.g. `急难`. */
  readonly type: string
  readonly amountFen: Fen
}

/** One confirmed claim that the county refunds. */
export interface ReplenishLine extends ClaimLine, WithGoods {
  /** Where the refund goes: money back to the account, or goods restocked. Only a village may be refilled in cash. */
  readonly into: 'bank' | 'cash' | 'inkind'
}

/** What begins something: it names what it came from. */
type Beginning =
  | ({ readonly do: 'open-fund' } & FundOpening)
  | { readonly do: 'freeze-fund' | 'thaw-fund'; readonly fundId: FundId }
  /** Nothing is booked in that month any more. `period` is `2026-11`. */
  | { readonly do: 'close-period'; readonly fundId: FundId; readonly period: string }
  /** The county's own money for the year arrives. `fundId` names the county. */
  | ({ readonly do: 'receive-budget' } & Movement)
  /** The county sends money to a township; it is on its way until the bank says so. */
  | ({ readonly do: 'order-appropriation' } & Movement)
  | ({ readonly do: 'book-arrival' } & Movement)
  | ({ readonly do: 'draw-cash' | 'return-cash' } & Movement)
  /** Goods handed to a township by the county, at their value. */
  | ({ readonly do: 'issue-goods' } & Movement & WithGoods)
  | ({ readonly do: 'buy-goods'; readonly from: 'bank' | 'cash' } & Movement & WithGoods)
  /** Money between a township and one of its villages; `fundId` names the village. */
  | ({
      readonly do: 'fund-subfund' | 'return-subfund'
      readonly from: 'bank' | 'cash'
      readonly into: 'bank' | 'cash'
    } & Movement)
  | ({
      readonly do: 'place-hold'
      readonly account: RealAccount
      readonly purpose: HoldPurpose
      /** RFC 3339. */
      readonly expiresAt?: string
    } & Movement)
  /** Paid at once, without a hold before it. */
  | ({ readonly do: 'pay'; readonly account: RealAccount; readonly purpose: HoldPurpose } & Movement & WithGoods)
  /** The papers of an advance are complete. */
  | ({ readonly do: 'confirm-advance'; readonly caseNo: string; readonly type: string } & Movement)
  | { readonly do: 'replenish'; readonly fundId: FundId; readonly lines: readonly ReplenishLine[] }
  | ({ readonly do: 'receive-donation' } & Movement)
  /** The papers of an advance do not hold, or too much was paid: somebody owes it back. Also for the county's own advances. */
  | ({ readonly do: 'refuse-advance'; readonly caseNo: string; readonly debtor: Debtor } & Movement)
  /** The same, found after the papers were confirmed and before the county refunded them. */
  | ({
      readonly do: 'recall-claim'
      readonly caseNo: string
      readonly type: string
      readonly debtor: Debtor
    } & Movement)
  /** The same, found when it is the county's expense already. `fundId` names the county. */
  | ({
      readonly do: 'order-recovery'
      readonly caseNo: string
      readonly type: string
      readonly debtor: Debtor
    } & Movement)
  /** The county pays a fund what somebody owes it, and is owed it from then on. Only a village may be paid in cash. */
  | ({ readonly do: 'take-over-debt'; readonly into?: 'bank' | 'cash' } & Debt & Movement)
  /** A debtor pays the county back; or never will. `fundId` names the county. */
  | ({ readonly do: 'receive-repayment' | 'write-off' } & Debt & Movement)
  /** The fixed sum of a fund changes. What is more is on its way until `book-arrival`; what is less leaves the bank at once. */
  | ({ readonly do: 'raise-quota' | 'lower-quota' } & Movement)
  /** At the end of a year: the fund owes the county a sum; the county has it on its account. */
  | ({ readonly do: 'order-return' | 'pay-return' } & Movement)
  /** A count found less, or more, than the book says. */
  | ({
      readonly do: 'book-shortage' | 'book-surplus'
      readonly account: 'bank' | 'cash' | 'inkind'
    } & Movement &
      WithGoods)
  /** The keeper must make good what a count found missing; `of` names the count. */
  | ({ readonly do: 'charge-shortage'; readonly of: string } & Movement)
  /** What a count found too much belongs to the county. */
  | ({ readonly do: 'hand-over-surplus' } & Movement)
  /** Claims settled without money or goods coming back: the fund is smaller from then on. */
  | { readonly do: 'settle-claims'; readonly fundId: FundId; readonly lines: readonly ClaimLine[] }
  /** Undoes an entry and its other halves, leg by leg; only where the money never left. */
  | { readonly do: 'reverse-entry'; readonly entryId: string }
  /** The bank sent a payment back; `entryId` names the payment. */
  | { readonly do: 'return-payment'; readonly entryId: string }

/** What ends a hold: it inherits what the hold came from, so no key and no caller can pay one order twice. */
type Resolution =
  /** Paid: all of it, or a part, the rest being free again. */
  | ({ readonly do: 'post-hold'; readonly holdId: string; readonly amountFen?: Fen } & WithGoods)
  | { readonly do: 'void-hold' | 'expire-hold'; readonly holdId: string }

/** Everything that can be asked of the ledger. One command is one event; some touch two or three funds. */
export type Command = (Sourced & Beginning) | (Origin & Resolution)

export type CommandName = Command['do']

type Named<Any, Name> = Any extends { readonly do: infer Names } ? (Name extends Names ? Any : never) : never

/** The command of a name. */
export type CommandOf<Name extends CommandName> = Named<Command, Name>
