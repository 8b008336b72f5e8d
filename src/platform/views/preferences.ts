import { chooseLanguage } from './language.ts'
import type { Language } from './language.ts'
import type { Switches } from './view-globals.ts'

/** The parts of a request that say how somebody wants to see pages. Express's request has them. */
export interface PreferenceRequest {
  readonly originalUrl: string
  readonly headers: { readonly cookie?: string | undefined; readonly 'accept-language'?: string | undefined }
}

/** How somebody wants to see pages. */
export interface Preferences {
  readonly lng: Language
  readonly night: boolean
  readonly largeText: boolean
  /** Cookies to set because the address asked for a change. */
  readonly chosen: Readonly<Record<string, string>>
}

/** How long a choice is kept. Milliseconds, one year. */
export const PREFERENCE_MS = 365 * 86_400_000

/** Reads language (`lng`), night mode (`night`) and large text (`text`) from the address, else from cookies. */
export function readPreferences(request: PreferenceRequest, offered: readonly Language[]): Preferences {
  const query = new URL(request.originalUrl, 'http://page').searchParams
  const cookies = readCookies(request.headers.cookie)
  const wish = (name: string) => query.get(name) ?? cookies[name]
  const lng = chooseLanguage(
    { query: query.get('lng') ?? undefined, cookie: cookies['lng'], header: request.headers['accept-language'] },
    offered,
  )
  const night = wish('night') === '1'
  const largeText = wish('text') === 'large'
  const chosen = {
    ...(query.has('lng') && { lng }),
    ...(query.has('night') && { night: night ? '1' : '0' }),
    ...(query.has('text') && { text: largeText ? 'large' : 'normal' }),
  }
  return { lng, night, largeText, chosen }
}

/** Links that change one preference and stay on the page. */
export function preferenceSwitches(
  originalUrl: string,
  preferences: Preferences,
  offered: readonly Language[],
  nameOf: (language: Language) => string,
): Switches {
  const other = offered.find((language) => language !== preferences.lng) ?? preferences.lng
  const { night, largeText } = preferences
  return {
    language: { href: hrefWith(originalUrl, 'lng', other), text: nameOf(other), lng: other },
    largeText: { href: hrefWith(originalUrl, 'text', largeText ? 'normal' : 'large'), on: largeText },
    night: { href: hrefWith(originalUrl, 'night', night ? '0' : '1'), on: night },
  }
}

/** The page's address with one preference set; always a path on this site, whatever the request line said. */
function hrefWith(originalUrl: string, name: string, value: string): string {
  const url = new URL(originalUrl, 'http://page')
  for (const preference of ['lng', 'night', 'text']) url.searchParams.delete(preference)
  url.searchParams.set(name, value)
  return url.pathname.replace(/^\/+/, '/') + url.search
}

function readCookies(header: string | undefined): Record<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => {
    const [name = '', ...value] = pair.trim().split('=')
    return [name, value.join('=')] as const
  })
  return Object.fromEntries(pairs)
}
