import { DomainError } from '../shared/errors.ts'

/**
 * The refusal of a change made against an older state, with what stands there now.
 *
 * @param now - the record as anybody who may change it may see it
 */
export function staleVersion(now: { readonly version: number } & object, seen: number): DomainError {
  return new DomainError('version.stale', `Version ${seen} was changed meanwhile; it is ${now.version} now`, {
    version: now.version,
    current: now,
  })
}
