import type { RegisterIntakeServices } from '../../src/intake/index.ts'
import { registerIntake } from '../../src/intake/index.ts'
import type { By } from '../../src/shared/actor.ts'

type Request = Parameters<typeof registerIntake>[1]

/**
 * Somebody calls the hotline for help for themselves; whoever the account names takes it. Urgent unless said.
 *
 * @returns the number of the case
 */
export async function aRequest(
  { services, by }: { readonly services: RegisterIntakeServices; by(account: string): Promise<By> },
  account: string,
  given: Pick<Request, 'place' | 'phone' | 'text'> & Partial<Request>,
): Promise<string> {
  const usual = {
    channel: 'hotline',
    callType: 'HELP',
    urgency: 'P1',
    needy: 'self',
    tags: [],
  } satisfies Partial<Request>
  const { caseNo } = await registerIntake(services, { ...usual, ...given }, await by(account))
  if (caseNo === undefined) throw new Error('A request for help opens a case')
  return caseNo
}
