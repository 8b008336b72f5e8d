import type { BankAccount } from './bank-account.ts'
import type { BankFault } from './bank-fault.ts'
import type { BankLine, StatementLine } from './bank-line.ts'

/** What is known of an account before a statement is read. */
export interface KnownLines {
  readonly account: Pick<BankAccount, 'account' | 'lines' | 'balanceFen' | 'upTo'>
  /** Lines of the statement that are kept already, by reference and number. */
  readonly kept: ReadonlyMap<string, Pick<BankLine, 'on' | 'amountFen' | 'balanceFen' | 'position'>>
}

/** What importing a statement would do. With a fault it does nothing. */
export interface ImportPlan {
  readonly added: readonly StatementLine[]
  /** How many lines are kept already; importing a file twice adds nothing. */
  readonly known: number
  readonly faults: readonly BankFault[]
}

/** Key of a line within its account. */
export function lineKey({ reference, lineNo }: Pick<StatementLine, 'reference' | 'lineNo'>): string {
  return `${reference}/${lineNo}`
}

/**
 * Puts a statement behind what is known: lines kept before are passed over, the others must go on where the last one ended, each with the
 * balance that follows from its amount. A line left out, moved or changed breaks that.
 */
export function planImport({ account, kept }: KnownLines, lines: readonly StatementLine[]): ImportPlan {
  const faults: BankFault[] = []
  const added: StatementLine[] = []
  let lastPosition = 0
  let balanceFen: number | undefined = account.lines > 0 ? account.balanceFen : undefined
  let on = account.upTo
  for (const line of lines) {
    const before = kept.get(lineKey(line))
    if (line.account !== account.account) {
      faults.push({ line: line.line, code: 'foreign_account', column: 'account' })
    } else if (before) {
      if (!isSame(before, line)) faults.push({ line: line.line, code: 'changed' })
      else if (added.length > 0 || before.position <= lastPosition) faults.push({ line: line.line, code: 'order' })
      lastPosition = before.position
    } else {
      if (balanceFen !== undefined && balanceFen + line.amountFen !== line.balanceFen)
        faults.push({ line: line.line, code: added.length === 0 ? 'gap' : 'balance', column: 'balance' })
      else if (line.on < on) faults.push({ line: line.line, code: 'order', column: 'date' })
      balanceFen = line.balanceFen
      on = line.on
      added.push(line)
    }
  }
  return faults.length > 0 ? { added: [], known: 0, faults } : { added, known: lines.length - added.length, faults }
}

function isSame(kept: Pick<BankLine, 'on' | 'amountFen' | 'balanceFen'>, line: StatementLine): boolean {
  return kept.on === line.on && kept.amountFen === line.amountFen && kept.balanceFen === line.balanceFen
}
