import twilio from 'twilio'

export interface SignedRequest {
  /** `X-Twilio-Signature`, if there was one. */
  readonly signature: string | undefined
  /** Path and query as they were requested. */
  readonly path: string
  /** Form fields; none for GET. */
  readonly fields: Readonly<Record<string, unknown>>
}

/**
 * Whether a webhook was signed by the holder of our account's token.
 *
 * @param origins - addresses under which the exchange knows us (`PUBLIC_URL`, and on one box the loopback address); the
 *   signature covers the whole address, so it is tried with each
 */
export function isSigned(authToken: string, origins: readonly string[], request: SignedRequest): boolean {
  const { signature, path, fields } = request
  if (signature === undefined || signature === '') return false
  return origins.some((origin) => {
    const address = origin.replace(/\/+$/, '') + path
    return URL.canParse(address) && twilio.validateRequest(authToken, signature, address, { ...fields })
  })
}

/** The signature of a webhook, as the local exchange sends it. */
export function signatureOf(authToken: string, address: string, fields: Readonly<Record<string, string>>): string {
  return twilio.getExpectedTwilioSignature(authToken, address, { ...fields })
}
