/** Who owes money back: the person helped, the unit that could not show its papers, or the keeper of a till or store. */
export const DEBTORS = ['person', 'unit', 'custodian'] as const

export type Debtor = (typeof DEBTORS)[number]

/** What is owed: the case it came from, or the count that found a custodian short; and who owes it. */
export interface Debt {
  readonly of: string
  readonly debtor: Debtor
}

/** The part of `recover` or `c_recover` for a debt. */
export function debtSub({ of, debtor }: Debt): string {
  return `${of}|${debtor}`
}

/** The debt of a part of `recover` or `c_recover`. */
export function readDebtSub(sub: string): Debt {
  const at = sub.lastIndexOf('|')
  return { of: sub.slice(0, at), debtor: sub.slice(at + 1) as Debtor }
}

/** The case a debt came from; nothing when a count found it. */
export function caseOfDebt({ of, debtor }: Debt): string | undefined {
  return debtor === 'custodian' ? undefined : of
}
