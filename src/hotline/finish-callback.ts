import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import type { CallStore } from './call-store.ts'
import { LINE_PERMISSIONS } from './line-permissions.ts'

interface FinishCallbackServices {
  readonly calls: CallStore
  readonly inTransaction: InTransaction
}

/**
 * The person was called back and spoken with.
 *
 * @throws DomainError `callback.not_found`, `callback.done_already`
 */
export function finishCallback(
  services: FinishCallbackServices,
  { id }: { readonly id: string },
  by: By,
): Promise<{ id: string }> {
  const { calls, inTransaction } = services
  return inTransaction(by, async (tx) => {
    const found = await calls.findCallback(tx.county, id, tx.session)
    if (!found || !may(LINE_PERMISSIONS, by.actor, 'callback.done', found))
      throw new DomainError('callback.not_found', 'No such callback')
    if (found.state === 'DONE') throw new DomainError('callback.done_already', 'A colleague has called back')
    await calls.saveCallback(tx, found, { ...found, state: 'DONE', doneAt: tx.at, doneBy: by.actor.staffId })
    tx.announce({
      stream: `callback:${id}`,
      type: 'callback.done',
      data: { callbackId: id, line: found.line, staffId: by.actor.staffId },
    })
    return { id }
  })
}
