import type { Fen } from '../shared/fen.ts'
import { fen } from '../shared/fen.ts'
import type { Move } from './posting.ts'

/** Goods of one kind at one price. */
export interface GoodsLine {
  /** Item code: `rice-5kg`. */
  readonly item: string
  /** Whole pieces. */
  readonly quantity: number
  /** Price of one piece. Fen. */
  readonly unitFen: Fen
}

/** A lot: all pieces of an item that came at the same price. */
export type Lot = Pick<GoodsLine, 'item' | 'unitFen'>

/** Goods kept by their value alone, for stores that count none: a piece of it is worth one fen. */
export const BY_VALUE: Lot = { item: 'by-value', unitFen: fen(1) }

/** The part of `inkind` for a lot; its balance is a multiple of the price. */
export function lotSub({ item, unitFen }: Lot): string {
  return `${item}@${unitFen}`
}

/** The lot of a part of `inkind`. */
export function readLotSub(sub: string): Lot {
  const at = sub.lastIndexOf('@')
  return { item: sub.slice(0, at), unitFen: Number(sub.slice(at + 1)) as Fen }
}

/** What goods are worth. Fen; not checked for size. */
export function valueFenOf(goods: readonly GoodsLine[]): number {
  return goods.reduce((sum, { quantity, unitFen }) => sum + quantity * unitFen, 0)
}

/** Goods on stock: a lot with how many pieces of it there are. */
export interface StockLine extends GoodsLine {
  /** Quantity times price. Fen. */
  readonly valueFen: Fen
}

/** The stock line of a part of `inkind`. */
export function stockLine({ sub, amountFen }: { readonly sub: string; readonly amountFen: Fen }): StockLine {
  const lot = readLotSub(sub)
  return { ...lot, quantity: amountFen / lot.unitFen, valueFen: amountFen }
}

/**
 * A move of goods, lot by lot; one that moves no goods stays as it is. Without lots the goods are kept by value.
 *
 * @param goods - worth exactly what the move moves
 */
export function byLot(move: Move, goods: readonly GoodsLine[] | undefined): Move[] {
  const side = move.debit === 'inkind' ? 'debitSub' : move.credit === 'inkind' ? 'creditSub' : undefined
  if (!side) return [move]
  if (!goods) return [{ ...move, [side]: lotSub(BY_VALUE) }]
  return goods.map((line) => ({ ...move, [side]: lotSub(line), amountFen: fen(line.quantity * line.unitFen) }))
}

/** The lots that a payment in goods takes from. */
export function lotsTaken(goods: readonly GoodsLine[] | undefined): string[] {
  return goods ? goods.map(lotSub) : [lotSub(BY_VALUE)]
}
