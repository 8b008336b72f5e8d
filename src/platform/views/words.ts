import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import i18next from 'i18next'
import type { i18n } from 'i18next'
import type { Fen } from '../../shared/fen.ts'
import { formatFen } from '../../shared/fen.ts'
import type { Language } from './language.ts'

/** Text of a key such as `cases:take.button`, with its parameters filled in. */
export type Translate = (key: string, params?: Readonly<Record<string, unknown>>) => string

/** All catalogues, loaded once. */
export interface Words {
  readonly languages: readonly Language[]
  /** The texts of one language, also for mail, spoken words and API `detail`. */
  readonly wordsFor: (language: Language) => Translate
  /** Whether a key exists in every language. */
  has(key: string): boolean
  /** Key of the words for a `DomainError` code, e.g. `cases:errors.case_not_yours`; undefined when no catalogue has them. */
  errorKey(code: string): string | undefined
  /** Part of a catalogue as it stands in the file, for the browser's own texts. */
  subtree(language: Language, key: string): unknown
}

/** What to do about a key or parameter that is not there: throw while developing, log in production. */
export type OnMissing = (message: string) => void

/**
 * Loads `views/words/<language>/<domain>.json`; the file's name is the namespace.
 *
 * @param viewsDir - folder with `words/`
 * @param languages - the first one stands in for a missing text where `onMissing` does not throw
 * @throws Error when a file is not JSON
 */
export function loadWords(viewsDir: string, languages: readonly Language[], onMissing: OnMissing): Words {
  const resources = Object.fromEntries(languages.map((language) => [language, readCatalogues(viewsDir, language)]))
  const catalogue = startI18n(resources, languages, onMissing)
  const codes = indexErrorCodes(resources[languages[0] ?? ''] ?? {})
  const translators = new Map(languages.map((language) => [language, translator(catalogue, language, onMissing)]))

  return {
    languages,
    wordsFor: (language) => translators.get(language) ?? translator(catalogue, language, onMissing),
    has: (key) => languages.every((language) => catalogue.exists(key, { lng: language })),
    errorKey: (code) => codes.get(code.replaceAll('.', '_')),
    subtree: (language, key) => {
      const [namespace = '', rest = ''] = key.split(':')
      return catalogue.getResource(language, namespace, rest) as unknown
    },
  }
}

type Catalogues = Record<string, Record<string, unknown>>

function readCatalogues(viewsDir: string, language: Language): Catalogues {
  const folder = path.join(viewsDir, 'words', language)
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return Object.fromEntries(files.map((file) => [path.basename(file, '.json'), readCatalogue(path.join(folder, file))]))
}

function readCatalogue(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new Error(`Words file ${file} is not JSON`, { cause: error })
  }
}

function startI18n(resources: Record<string, Catalogues>, languages: readonly Language[], onMissing: OnMissing): i18n {
  const catalogue = i18next.createInstance()
  void catalogue.init({
    resources,
    lng: languages[0] ?? 'zh-CN',
    fallbackLng: false,
    ns: Object.keys(resources[languages[0] ?? ''] ?? {}),
    defaultNS: 'common',
    returnEmptyString: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    missingInterpolationHandler: (text: string, match: string[]) => {
      onMissing(`Words "${text}" lack the value ${match[1] ?? ''}`)
      return ''
    },
  })
  return catalogue
}

/** Looks a key up in its own language; only where a missing key is bearable does the first language stand in. */
function translator(catalogue: i18n, language: Language, onMissing: OnMissing): Translate {
  const fallback = catalogue.options.lng
  const fixed = new Map<string, string>()
  return (key, params) => {
    const isFixed = params === undefined || Object.keys(params).length === 0
    const known = isFixed ? fixed.get(key) : undefined
    if (known !== undefined) return known
    const options = { ...sumsInWords(params), lng: language }
    if (catalogue.exists(key, options)) {
      const text = catalogue.t(key, options)
      if (isFixed) fixed.set(key, text)
      return text
    }
    onMissing(`No words for ${key} in ${language}`)
    return catalogue.t(key, { ...sumsInWords(params), ...(fallback === undefined ? {} : { lng: fallback }) })
  }
}

/** A rule's "no" carries `limitFen: 300000`; its words say `{{limit}}`, which is ¥3,000.00. What is given in words stays as given. */
function sumsInWords(params: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const sums = Object.entries(params).flatMap(([name, value]) =>
    name.endsWith('Fen') && Number.isSafeInteger(value) ? [[name.slice(0, -3), formatFen(value as Fen)] as const] : [],
  )
  return { ...Object.fromEntries(sums), ...params }
}

function indexErrorCodes(catalogues: Catalogues): Map<string, string> {
  const codes = new Map<string, string>()
  for (const [namespace, words] of Object.entries(catalogues)) {
    const errors = words['errors']
    if (typeof errors !== 'object' || errors === null) continue
    for (const code of Object.keys(errors)) {
      // What every domain shares is explained in `common`; there it counts.
      if (!codes.has(code) || namespace === 'common') codes.set(code, `${namespace}:errors.${code}`)
    }
  }
  return codes
}
