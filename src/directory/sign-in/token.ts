import { createHash, randomBytes } from 'node:crypto'

/** A key by which a program acts for a member of the staff. Only its digest is kept. */
export interface ApiToken {
  /** SHA-256 of the token's text, hex. Its 256 bits are random, so no slow hash is needed. */
  readonly _id: string
  readonly county: string
  /** Names it in lists and journal; says nothing about the text. */
  readonly tokenId: string
  readonly staffId: string
  /** What it is for, in the person's own words. */
  readonly label: string
  readonly madeAt: Date
  readonly expiresAt: Date
  readonly revokedAt?: Date
  readonly lastUsedAt?: Date
}

/** Length of the random part. Bytes. */
const SECRET_BYTES = 32

const FORM = /^jjn_(\d{6})_[\w-]{43}$/

/** A fresh token: `jjn_320614_…`. The county in front tells the server where to look. */
export function newTokenText(county: string): string {
  return `jjn_${county}_${randomBytes(SECRET_BYTES).toString('base64url')}`
}

/** The county of a token's text and the digest under which it is kept; undefined when it is none of ours. */
export function readTokenText(text: string): { readonly county: string; readonly digest: string } | undefined {
  const county = FORM.exec(text)?.[1]
  return county === undefined ? undefined : { county, digest: digestToken(text) }
}

export function digestToken(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Whether it still opens anything. */
export function isTokenGood(token: ApiToken, at: Date): boolean {
  return token.revokedAt === undefined && at < token.expiresAt
}
