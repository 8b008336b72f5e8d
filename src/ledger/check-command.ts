import { MAX_AMOUNT_FEN } from '../shared/fen.ts'
import { chinaDay } from '../shared/china-day.ts'
import type { ClaimLine, Command, ReplenishLine } from './command.ts'
import { DEBTORS } from './debt.ts'
import type { FundOpening } from './fund.ts'
import type { GoodsLine } from './goods.ts'
import { lotSub, valueFenOf } from './goods.ts'
import { refuse } from './refusal.ts'

/** Most claims one replenishment may carry. */
export const MAX_LINES = 500

/** Ids and codes: printable, without spaces, so that no sentence and no name slips into an entry. */
const CODE = /^[\w.:/@-]{1,200}$/

/** Types of aid as the policy names them: 急难, 支出型, loss. */
const AID_TYPE = /^[\p{L}\p{N}_.-]{1,32}$/u

/** Item codes: letters of any script, digits, dots and dashes. */
const ITEM = /^[\p{L}\p{N}_.-]{1,40}$/u

const PLACE_NAME = /^[\p{L}\p{N}·()（）-]{1,40}$/u

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

const DIGEST = /^[0-9a-f]{64}$/

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/

/**
 * Refuses a command whose fields cannot stand in an entry.
 *
 * @param at - the moment it is asked; nothing may happen on a later day
 * @throws DomainError `ledger.amount_invalid`, `ledger.field_invalid`, `goods.value_differs`
 */
export function checkCommand(command: Command, at: Date): void {
  checkOrigin(command, at)
  if ('amountFen' in command) checkAmount(command.amountFen)
  if (command.do === 'close-period') checkText('period', command.period, MONTH)
  if (command.do === 'open-fund') checkOpening(command)
  if (command.do === 'place-hold' || command.do === 'pay') checkPurpose(command.purpose)
  if (command.do === 'place-hold') checkOptional('expiresAt', command.expiresAt, MOMENT)
  if (command.do === 'replenish' || command.do === 'settle-claims') checkLines(command.lines)
  if ('caseNo' in command) checkPurpose(command)
  if ('debtor' in command && !DEBTORS.includes(command.debtor)) refuseField('debtor')
  if ('of' in command) checkText('of', command.of, CODE)
  if ('entryId' in command) checkText('entryId', command.entryId, CODE)
  if ('goods' in command) checkGoods(command)
}

function checkOrigin(command: Command, at: Date): void {
  if ('source' in command) {
    checkText('source.type', command.source.type, CODE)
    checkText('source.id', command.source.id, CODE)
  }
  checkOptional('effectiveOn', command.effectiveOn, DAY)
  if (command.effectiveOn !== undefined && command.effectiveOn > chinaDay(at)) refuseField('effectiveOn')
  checkOptional('lateFor', command.lateFor, MONTH)
  checkOptional('approver', command.approver, CODE)
  checkOptional('reason', command.reason, CODE)
  for (const digest of command.evidence ?? []) checkText('evidence', digest, DIGEST)
}

function checkPurpose(purpose: { readonly caseNo: string; readonly type?: string }): void {
  checkText('caseNo', purpose.caseNo, CODE)
  checkOptional('type', purpose.type, AID_TYPE)
}

function checkLines(lines: readonly (ClaimLine | ReplenishLine)[]): void {
  if (lines.length === 0 || lines.length > MAX_LINES) refuseField('lines')
  for (const line of lines) {
    checkPurpose(line)
    checkAmount(line.amountFen)
    if ('goods' in line) checkGoods(line)
  }
}

/** Goods are worth what is booked, to the fen: the stock must come to the balance of its account. */
function checkGoods({
  goods,
  amountFen,
}: {
  readonly goods?: readonly GoodsLine[]
  readonly amountFen?: number
}): void {
  if (goods === undefined) return
  if (goods.length === 0 || goods.length > MAX_LINES) refuseField('goods')
  for (const { item, quantity, unitFen } of goods) {
    checkText('item', item, ITEM)
    if (!Number.isSafeInteger(quantity) || quantity <= 0) refuseField('quantity')
    checkAmount(unitFen)
  }
  if (new Set(goods.map(lotSub)).size !== goods.length) refuseField('goods')
  const valueFen = valueFenOf(goods)
  checkAmount(valueFen)
  if (amountFen !== undefined && valueFen !== amountFen)
    refuse('goods.value_differs', `The goods are worth ${valueFen} fen`, { valueFen, amountFen })
}

function checkOpening({ name, terms }: FundOpening): void {
  checkText('name', name, PLACE_NAME)
  if (terms.floatFen !== 0) checkAmount(terms.floatFen)
  if (!Number.isInteger(terms.lowWaterPercent) || terms.lowWaterPercent < 0 || terms.lowWaterPercent > 100)
    refuseField('lowWaterPercent')
}

function checkAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > MAX_AMOUNT_FEN)
    refuse('ledger.amount_invalid', `Not an amount: ${String(amount)}`, { amountFen: String(amount) })
}

function checkOptional(field: string, text: string | undefined, shape: RegExp): void {
  if (text !== undefined) checkText(field, text, shape)
}

function checkText(field: string, text: string, shape: RegExp): void {
  if (!shape.test(text)) refuseField(field)
}

function refuseField(field: string): never {
  return refuse('ledger.field_invalid', `Not valid in a ledger entry: ${field}`, { field })
}
