import { DomainError } from '../../src/shared/errors.ts'

/** The code with which something was refused; nothing when it was done. Anything that is no refusal goes on as it is. */
export async function refusalOf(action: Promise<unknown>): Promise<string | undefined> {
  try {
    await action
    return undefined
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}
