/**
 * A rule's "no": the request was understood and is refused for a reason a person can act on.
 *
 * The code is stable and public. Its HTTP status comes from `statusOfCode`, its words from the catalogues.
 */
export class DomainError extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  'version.stale': 412,
  'version.missing': 428,
  'key.other_body': 409,
  'key.missing': 400,
  'form.invalid': 400,
  'auth.required': 401,
  'outcome.unknown': 503,
  'ledger.book_broken': 500,
}

const STATUS_BY_ENDING: Readonly<Record<string, number>> = {
  not_found: 404,
  forbidden: 403,
  not_yours: 403,
  busy: 429,
}

/** HTTP status of an error code; 422 (refused by a rule) unless its name says otherwise. */
export function statusOfCode(code: string): number {
  const ending = code.slice(code.lastIndexOf('.') + 1)
  return STATUS_BY_CODE[code] ?? STATUS_BY_ENDING[ending] ?? 422
}
