import type { FundHead } from './fund.ts'
import type { Hold } from './hold.ts'
import type { StoredBook, StoredHead, StoredHold, StoredPart } from './ledger-model.ts'
import type { SubBalance } from './sub-account.ts'

/** Heads, holds and parts of accounts as they come out of their collection. */
export interface Books {
  readonly heads: FundHead[]
  readonly holds: Hold[]
  readonly parts: SubBalance[]
}

/** Sorts what was stored into heads, holds and parts. */
export function readBooks(stored: readonly StoredBook[]): Books {
  const books: Books = { heads: [], holds: [], parts: [] }
  for (const one of stored) {
    if (one.doc === 'head') books.heads.push(headOf(one))
    else if (one.doc === 'hold') books.holds.push(holdOf(one))
    else books.parts.push(partOf(one))
  }
  return books
}

/** Key of a hold among the books: its own id is that of the entry that placed it. */
export function holdKey(holdId: string): string {
  return `hold|${holdId}`
}

/** A head as it is stored. */
export function storedHead({ fundId, ...fields }: FundHead): StoredHead {
  return { _id: fundId, doc: 'head', ...fields }
}

/** A hold as it is stored. */
export function storedHold({ holdId, ...fields }: Hold): StoredHold {
  return { _id: holdKey(holdId), doc: 'hold', ...fields }
}

function headOf(stored: StoredHead): FundHead {
  return { fundId: stored._id, ...unmarked(stored) }
}

function holdOf(stored: StoredHold): Hold {
  return { holdId: stored._id.slice(holdKey('').length), ...unmarked(stored) }
}

function partOf({ fundId, account, sub, amountFen, since }: StoredPart): SubBalance {
  return { fundId, account, sub, amountFen, since }
}

/** Without what only the collection needs. */
function unmarked<Stored extends StoredBook>(stored: Stored): Omit<Stored, '_id' | 'doc'> {
  const copy: { _id?: unknown; doc?: unknown } = { ...stored }
  delete copy._id
  delete copy.doc
  return copy as Omit<Stored, '_id' | 'doc'>
}
