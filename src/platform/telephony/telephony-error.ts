import twilio from 'twilio'

/**
 * The exchange did not do what was asked.
 *
 * `refused`: it understood and will say the same again (wrong number, call over). `unavailable`: it may work later, and what
 * was asked may even have happened: look at what the exchange has before trying again.
 */
export class TelephonyError extends Error {
  readonly kind: 'refused' | 'unavailable'
  /** The exchange's own error code, such as 21211 for a wrong number; 0 when it gave none. */
  readonly code: number

  constructor(kind: 'refused' | 'unavailable', code: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TelephonyError'
    this.kind = kind
    this.code = code
  }
}

/** Whether the exchange says that the thing does not exist. */
export function isGone(error: unknown): boolean {
  return error instanceof TelephonyError && error.code === NOT_FOUND
}

/** Twilio error 20404, "The requested resource was not found". */
const NOT_FOUND = 20404
/** Twilio error 21220, "Invalid call state": the call has already ended. */
export const CALL_OVER = 21220

/**
 * Runs a request to the exchange and gives its failures our own shape.
 *
 * @throws TelephonyError
 */
export async function asking<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    throw toTelephonyError(error)
  }
}

function toTelephonyError(error: unknown): TelephonyError {
  if (error instanceof TelephonyError) return error
  if (error instanceof twilio.RestException) {
    const kind = error.status === 429 || error.status >= 500 ? 'unavailable' : 'refused'
    return new TelephonyError(kind, error.code ?? 0, error.message, { cause: error })
  }
  const message = error instanceof Error ? error.message : String(error)
  return new TelephonyError('unavailable', 0, `The exchange cannot be reached: ${message}`, { cause: error })
}
