import twilio from 'twilio'
import type { RequestOptions } from 'twilio/lib/base/RequestClient.js'
import type HttpResponse from 'twilio/lib/http/response.js'

const TWILIO_ORIGIN = 'https://api.twilio.com'

/**
 * The Twilio client's HTTP, sent to another address that speaks the same REST.
 *
 * Twilio's hosts are fixed inside its client; exchanging the HTTP client is the way its maintainers give.
 */
class ExchangeRequestClient extends twilio.RequestClient {
  readonly #exchangeUrl: string

  constructor(exchangeUrl: string, timeoutMs: number) {
    super({ timeout: timeoutMs })
    this.#exchangeUrl = exchangeUrl
  }

  override request<TData>(options: RequestOptions<TData>): Promise<HttpResponse.default<TData>> {
    const url = new URL(options.uri)
    if (url.origin !== TWILIO_ORIGIN) throw new Error(`The local exchange does not stand in for ${url.host}`)
    return super.request({ ...options, uri: this.#exchangeUrl + url.pathname + url.search })
  }
}

/**
 * The HTTP client for either exchange.
 *
 * @param exchangeUrl - the local exchange's address; without it Twilio's own hosts are asked
 * @param timeoutMs - longest wait for an answer. Milliseconds.
 */
export function createRequestClient(exchangeUrl: string | undefined, timeoutMs: number): twilio.RequestClient {
  if (exchangeUrl === undefined) return new twilio.RequestClient({ timeout: timeoutMs })
  return new ExchangeRequestClient(exchangeUrl.replace(/\/+$/, ''), timeoutMs)
}

/** Where the exchange's REST answers: the local one's address, or Twilio's. */
export function restOrigin(exchangeUrl: string | undefined): string {
  return exchangeUrl === undefined ? TWILIO_ORIGIN : exchangeUrl.replace(/\/+$/, '')
}
