import type { By } from '../../shared/actor.ts'

/**
 * A command whose outcome is shown once: a password or a token that is kept nowhere.
 *
 * The answer stored under its key leaves the secret out, and so does a repeated answer. The digest of its body is not kept either: the body
 * may carry a password, and a digest of a password can be guessed.
 */
export function once(by: By): { readonly by: By; isRepeated(): boolean } {
  let repeated = false
  const onReplay = () => {
    repeated = true
    by.onReplay?.()
  }
  return { by: { ...by, bodyHash: 'not kept', onReplay }, isRepeated: () => repeated }
}
