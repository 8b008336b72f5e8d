import { ipKeyGenerator } from 'express-rate-limit'

/** Where a request comes from, as the counters know it: an address, or for IPv6 its network. */
export function addressOf(req: { readonly ip?: string | undefined }): string {
  return ipKeyGenerator(req.ip ?? '')
}
