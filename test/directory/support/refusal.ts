import { expect } from 'chai'
import { DomainError } from '../../../src/shared/errors.ts'

/** The refusal a command ends with; fails when it does not refuse. */
export async function refusalOf(work: Promise<unknown>): Promise<DomainError> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(outcome, 'was not refused').to.be.instanceOf(DomainError)
  return outcome as DomainError
}

/** The code of that refusal. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return (await refusalOf(work)).code
}
