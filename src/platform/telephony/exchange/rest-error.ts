/** A refusal as Twilio's REST gives it. Codes are Twilio's own. */
export class RestError extends Error {
  readonly status: number
  readonly code: number

  constructor(status: number, code: number, message: string) {
    super(message)
    this.name = 'RestError'
    this.status = status
    this.code = code
  }

  /** What is answered. */
  toJSON(): object {
    const { code, message, status } = this
    return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
  }
}

/** The resource does not exist. */
export function notFound(path: string): RestError {
  return new RestError(404, 20404, `The requested resource ${path} was not found`)
}
