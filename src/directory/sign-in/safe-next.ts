/** Where somebody goes who says nothing or something strange. */
const HOME = '/'

/** A made-up origin: whatever leaves it is not ours. */
const HERE = 'http://here.invalid'

/** Pages that would send a signed-in person in circles. */
const NOT_AFTER = /^\/sign-(?:in|out)(?:\/|$)/

/**
 * The page to go to after signing in: a path on this site and nothing else, whatever the address said.
 *
 * @param wanted - value of `?next=`, not trusted
 */
export function safeNext(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 2_000) return HOME
  // A browser drops tabs and line breaks and takes \ for /, so //, /\ and friends would leave the site.
  if (!/^\/(?![/\\])[^\\\p{Cc}\s]*$/u.test(wanted)) return HOME
  const url = URL.canParse(wanted, HERE) ? new URL(wanted, HERE) : undefined
  if (url?.origin !== HERE || NOT_AFTER.test(url.pathname) || url.pathname.startsWith('//')) return HOME
  return url.pathname + url.search + url.hash
}
