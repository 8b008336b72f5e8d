import type { Tx } from '../../journal/index.ts'
import type { FundId } from '../fund.ts'
import type { BankServices } from './act-on-bank.ts'
import type { EntryReference } from './match.ts'

/**
 * Remembers the bank's own numbers for entries, inside the transaction that posts them, so that the statement's lines find them.
 */
export async function noteReferences(
  { bank }: Pick<BankServices, 'bank'>,
  tx: Tx,
  fundId: FundId,
  references: readonly EntryReference[],
): Promise<void> {
  await bank.addReferences(tx, fundId, references)
}
