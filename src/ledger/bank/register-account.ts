import { DomainError } from '../../shared/errors.ts'
import type { By } from '../../shared/actor.ts'
import type { FundId } from '../fund.ts'
import type { BankServices } from './act-on-bank.ts'
import { bankStream, requireBankPermission } from './act-on-bank.ts'
import { ACCOUNT_SHAPE, bankAccountId, bankSideOf } from './bank-account.ts'

/**
 * Says which account at the bank is a fund's, so that its statements are known. Once per fund, an account for one fund only.
 *
 * @param input.account - number or agreed name as it stands on the statements
 * @throws DomainError `fund.forbidden`, `fund.not_found`, `bank.account_invalid`, `bank.account_taken`
 */
export async function registerAccount(
  services: Pick<BankServices, 'ledger' | 'bank' | 'inTransaction'>,
  { fundId, account }: { readonly fundId: FundId; readonly account: string },
  by: By,
): Promise<{ fundId: FundId; account: string }> {
  requireBankPermission('bank.register', fundId, by)
  const { county, staffId } = by.actor
  const head = await services.ledger.head(county, fundId)
  if (!head || !bankSideOf(fundId)) throw new DomainError('fund.not_found', `No fund ${fundId}`, { fundId })
  if (!ACCOUNT_SHAPE.test(account)) throw new DomainError('bank.account_invalid', 'Not an account', { fundId })
  return services.inTransaction(by, async (tx) => {
    await services.bank.addAccount(tx, {
      _id: bankAccountId(county, account),
      county,
      account,
      fundId,
      version: 1,
      lines: 0,
      balanceFen: 0,
      openingFen: 0,
      upTo: '',
      settledSeq: 0,
      settledLine: 0,
      registeredBy: staffId,
      registeredAt: tx.at,
    })
    tx.announce({ stream: bankStream(fundId), type: 'bank.account_registered', data: { fundId } })
    return { fundId, account }
  })
}
