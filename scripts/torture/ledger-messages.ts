/** Where a booking process dies. `random` is done to it from outside. */
export const CRASHES = ['after-commit', 'before-commit', 'random', 'after-write', 'before-write'] as const

export type Crash = (typeof CRASHES)[number] | 'never'

/** What is to be booked. */
export type Order =
  | { readonly do: 'hold'; readonly orderId: string; readonly amountFen: number }
  | { readonly do: 'pay' | 'void'; readonly holdId: string }

/** One command for a booking process. */
export interface Request {
  readonly id: number
  readonly county: string
  readonly fundId: string
  readonly actor: string
  readonly key: string
  readonly order: Order
}

/** What came of it. `failed` is not an answer: the same key is to be sent again. */
export interface Reply {
  readonly id: number
  readonly outcome: 'posted' | 'refused' | 'failed'
  readonly code?: string
  readonly entryId?: string
  readonly hash?: string
  readonly holdId?: string
}
