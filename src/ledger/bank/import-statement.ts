import type { ClientSession } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import type { FundId } from '../fund.ts'
import type { BankServices } from './act-on-bank.ts'
import { bankStream, requireBankPermission } from './act-on-bank.ts'
import type { BankAccount } from './bank-account.ts'
import type { BankFault } from './bank-fault.ts'
import { inFileOrder } from './bank-fault.ts'
import type { BankLine, StatementLine } from './bank-line.ts'
import { bankLineId } from './bank-line.ts'
import { matchByRule } from './match-by-rule.ts'
import { lineKey, planImport } from './plan-import.ts'
import { readStatement } from './statement-file.ts'

/** What a statement would bring, before anything is done. */
export interface StatementPreview {
  readonly fundId: FundId
  readonly account: string
  /** SHA-256 of the file. */
  readonly digest: string
  /** Lines that are new, and lines that were imported before. */
  readonly added: number
  readonly known: number
  /** Sums of the new lines. Fen. */
  readonly inFen: number
  readonly outFen: number
  /** What stands at the bank after the last line. Fen. */
  readonly closingFen: number
  readonly faults: readonly BankFault[]
}

/** What came of an import. */
export interface ImportedStatement extends StatementPreview {
  /** Lines, of these or earlier ones, that found their entry by rule. */
  readonly matched: number
}

export interface StatementInput {
  readonly fundId: FundId
  /** The file as the bank gave it. */
  readonly bytes: Uint8Array
}

/**
 * Reads a statement and says what importing it would do; changes nothing.
 *
 * @throws DomainError `fund.forbidden`, `bank.account_unknown`
 */
export async function previewStatement(
  services: Pick<BankServices, 'bank'>,
  input: StatementInput,
  by: Pick<By, 'actor'>,
): Promise<StatementPreview> {
  requireBankPermission('bank.import', input.fundId, by)
  return (await planned(services, by.actor.county, input)).preview
}

/**
 * Keeps the lines of a statement and pairs them with entries, by rule. All of the file or nothing; the same file again changes nothing.
 *
 * @throws DomainError `fund.forbidden`, `bank.account_unknown`, `bank.file_refused` with `faults` by line
 */
export async function importStatement(
  services: BankServices,
  input: StatementInput,
  by: By,
): Promise<ImportedStatement> {
  requireBankPermission('bank.import', input.fundId, by)
  return services.inTransaction(by, async (tx) => {
    const { account, lines, preview } = await planned(services, tx.county, input, tx.session)
    if (preview.faults.length > 0) throw refusedFile(preview.faults)
    const kept = lines.map((line, index) => keptLine(services, tx, account, line, index, preview.digest))
    await services.bank.addLines(tx, kept)
    const after = kept.length > 0 ? await advance(services, tx, account, kept) : account
    const matched = await matchByRule(services, tx, after)
    if (kept.length > 0)
      tx.announce({
        stream: bankStream(input.fundId),
        type: 'bank.statement_imported',
        data: { fundId: input.fundId, file: preview.digest, lines: kept.length, matched },
      })
    return { ...preview, matched }
  })
}

/** A file that was not applied. @param faults - what is wrong, by line */
export function refusedFile(faults: readonly BankFault[]): DomainError {
  return new DomainError('bank.file_refused', `The file has ${faults.length} faults; nothing was applied`, {
    count: faults.length,
    faults,
  })
}

async function planned(
  { bank }: Pick<BankServices, 'bank'>,
  county: string,
  { fundId, bytes }: StatementInput,
  session?: ClientSession,
): Promise<{ account: BankAccount; lines: readonly StatementLine[]; preview: StatementPreview }> {
  const account = await bank.accountOf(county, fundId, session)
  if (!account) throw new DomainError('bank.account_unknown', `${fundId} has no account at a bank yet`, { fundId })
  const statement = readStatement(bytes)
  const ids = statement.lines.map((line) => bankLineId(county, line))
  const kept = new Map((await bank.linesByIds(county, ids, session)).map((line) => [lineKey(line), line]))
  const plan = planImport({ account, kept }, statement.lines)
  const faults = inFileOrder([...statement.faults, ...plan.faults])
  const lines = faults.length > 0 ? [] : plan.added
  return {
    account,
    lines,
    preview: {
      fundId,
      account: account.account,
      digest: statement.digest,
      added: lines.length,
      known: plan.known,
      inFen: sumOf(lines, (amount) => amount > 0),
      outFen: sumOf(lines, (amount) => amount < 0),
      closingFen: lines.at(-1)?.balanceFen ?? account.balanceFen,
      faults,
    },
  }
}

function sumOf(lines: readonly StatementLine[], counts: (amountFen: number) => boolean): number {
  return lines.reduce((sum, { amountFen }) => (counts(amountFen) ? sum + amountFen : sum), 0)
}

function keptLine(
  { vault }: Pick<BankServices, 'vault'>,
  tx: Tx,
  { lines, fundId }: BankAccount,
  { account, on, reference, lineNo, amountFen, balanceFen, text }: StatementLine,
  index: number,
  file: string,
): BankLine {
  const _id = bankLineId(tx.county, { account, reference, lineNo })
  return {
    _id,
    county: tx.county,
    fundId,
    account,
    position: lines + index + 1,
    on,
    reference,
    lineNo,
    amountFen,
    balanceFen,
    text: vault.seal(text, { collection: 'bank_lines', field: 'text', record: _id }),
    file,
    importedBy: tx.by.actor.staffId,
    importedAt: tx.at,
  }
}

async function advance(
  { bank }: Pick<BankServices, 'bank'>,
  tx: Tx,
  account: BankAccount,
  kept: readonly BankLine[],
): Promise<BankAccount> {
  const [first] = kept
  const last = kept.at(-1)
  if (!first || !last) return account
  const begun = account.lines > 0 ? {} : await opening(bank, tx, account, first)
  return bank.saveAccount(tx, account, {
    ...account,
    ...begun,
    lines: account.lines + kept.length,
    balanceFen: last.balanceFen,
    upTo: last.on,
  })
}

/** A first statement that begins in mid-life: what stood there before is what the book had booked by then, if it adds up. */
async function opening(
  bank: BankServices['bank'],
  { session }: Tx,
  { county, fundId }: BankAccount,
  first: BankLine,
): Promise<Pick<BankAccount, 'openingFen' | 'settledSeq'>> {
  const openingFen = first.balanceFen - first.amountFen
  let settledSeq = 0
  let bookFen = 0
  for (const { seq, on, amountFen } of await bank.bankSides(county, fundId, 0, session)) {
    if (on > first.on) break
    bookFen += amountFen
    if (bookFen === openingFen) settledSeq = seq
  }
  return { openingFen, settledSeq: openingFen === 0 ? 0 : settledSeq }
}
