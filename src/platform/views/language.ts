/** Languages of the pages; the first is written first and shown when nobody asked for another. */
export const LANGUAGES = ['zh-CN', 'en'] as const

export type Language = (typeof LANGUAGES)[number]

/** What a request says about the language it wants. */
export interface LanguageWishes {
  /** `?lng=` */
  readonly query: string | undefined
  /** Cookie `lng` */
  readonly cookie: string | undefined
  /** `Accept-Language`, RFC 9110 section 12.5.4 */
  readonly header: string | undefined
}

/** Chooses among the offered languages: address, then cookie, then browser, then the first offered. */
export function chooseLanguage(wishes: LanguageWishes, offered: readonly Language[]): Language {
  const wanted = [wishes.query, wishes.cookie, ...acceptedLanguages(wishes.header)]
  for (const wish of wanted) {
    const found = wish && matchLanguage(wish, offered)
    if (found) return found
  }
  return offered[0] ?? LANGUAGES[0]
}

/** `zh`, `zh-Hans-CN` and `ZH-cn` all mean `zh-CN`; `en-GB` means `en`. */
function matchLanguage(wish: string, offered: readonly Language[]): Language | undefined {
  const main = wish.toLowerCase().split('-')[0]
  return offered.find((language) => language.toLowerCase().split('-')[0] === main)
}

/** Tags of an Accept-Language header, most wanted first; those with weight 0 are left out. */
function acceptedLanguages(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().split(';')
      const weight =
        params
          .find((param) => param.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? '1'
      return { tag, weight: Number(weight) }
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag)
}
