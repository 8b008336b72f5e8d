import { ExpressHandlebars } from 'express-handlebars'
import Handlebars from 'handlebars'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import { readAssets } from './assets.ts'
import { LANGUAGES } from './language.ts'
import type { Language } from './language.ts'
import { createPresenter } from './presenter.ts'
import type { Presenter } from './presenter.ts'
import { preferenceSwitches, PREFERENCE_MS, readPreferences } from './preferences.ts'
import type { PreferenceRequest } from './preferences.ts'
import { templateHelpers } from './template-helpers/index.ts'
import { timeWriter } from './time.ts'
import type { ViewGlobals } from './view-globals.ts'
import { loadWords } from './words.ts'
import type { OnMissing, Translate, Words } from './words.ts'

/** What pages need from outside. */
export interface ViewsOptions {
  /** Folder with layouts, partials, words and one folder per domain. */
  readonly viewsDir: string
  /** Folder with the built files, `dist/public`. */
  readonly publicDir: string
  /** Languages offered, the first by default. */
  readonly languages?: readonly Language[]
  /** Every page carries the demo mark. */
  readonly demo: boolean
  readonly clock: Clock
  /** Templates are compiled once and kept. */
  readonly cache: boolean
  /** IANA time zone of the county. */
  readonly timeZone?: string
  /** Told of missing words; by default they throw, so that tests find them. In production: log it. */
  readonly onMissing?: OnMissing
}

/** The parts of Express's response that the middleware touches. */
export interface ViewResponse {
  locals: Record<string, unknown>
  cookie(name: string, value: string, options: Record<string, unknown>): unknown
}

/** The parts of an Express application that `install` sets. */
export interface ViewApplication {
  engine(extension: string, render: TemplateEngine): unknown
  set(name: string, value: unknown): unknown
}

/** A view engine as Express calls it. */
export type TemplateEngine = (file: string, options: object, done: (error: unknown, html?: string) => void) => void

/** The pages of the product. */
export interface Views {
  readonly words: Words
  /** Texts of a language outside templates: mail, spoken words, API `detail`. */
  readonly wordsFor: (language: Language) => Translate
  /** A presenter outside of a request, e.g. for a voucher or a message. */
  presenterFor(language: Language): Presenter
  readonly engine: TemplateEngine
  /** Sets the engine, the folder and the cache of an Express application. */
  install(app: ViewApplication): void
  /** Sets `res.locals.view`, `.present`, `.lng` and `.t`; keeps a changed preference in a cookie. */
  middleware(request: PreferenceRequest & { readonly path: string }, response: ViewResponse, next: () => void): void
  /** Renders a page without a request: prints and pictures. */
  render(name: string, context: Readonly<Record<string, unknown>>, language: Language, origin?: string): Promise<string>
}

/**
 * Makes the view engine with its words, layouts, partials and helpers.
 *
 * @throws Error when the words or the built assets cannot be read
 */
export function createViews(options: ViewsOptions): Views {
  const languages = options.languages ?? LANGUAGES
  const words = loadWords(options.viewsDir, languages, options.onMissing ?? throwMissing)
  const times = timeWriter(options.timeZone ?? 'Asia/Shanghai')
  const handlebars = createEngine(options, words)
  const presenterFor = (language: Language) => createPresenter(words, times, language, options.clock.now())
  const engine: TemplateEngine = (file, context, done) => void handlebars.renderView(file, { ...context }, done)

  const globals = (
    request: PreferenceRequest & { readonly path: string },
  ): ViewGlobals & { chosen: Readonly<Record<string, string>> } => {
    const preferences = readPreferences(request, languages)
    const nameOf = (language: Language) => words.wordsFor(language)('common:language.name')
    return {
      ...preferences,
      now: options.clock.now(),
      renderedMs: Date.now(),
      path: request.path,
      demo: options.demo,
      switches: preferenceSwitches(request.originalUrl, preferences, languages, nameOf),
    }
  }

  return {
    words,
    wordsFor: words.wordsFor,
    presenterFor,
    engine,
    install: (app) => {
      app.engine('hbs', engine)
      app.set('view engine', 'hbs')
      app.set('views', options.viewsDir)
      app.set('view cache', options.cache)
    },
    middleware: (request, response, next) => {
      const { chosen, ...view } = globals(request)
      for (const [name, value] of Object.entries(chosen)) {
        response.cookie(name, value, { maxAge: PREFERENCE_MS, sameSite: 'lax', path: '/' })
      }
      const present = createPresenter(words, times, view.lng, view.now)
      Object.assign(response.locals, { view, present, lng: view.lng, t: present.t })
      next()
    },
    render: (name, context, language, origin = '/') => {
      const view = { ...globals({ originalUrl: `${origin}?lng=${language}`, path: origin, headers: {} }) }
      const file = path.join(options.viewsDir, `${name}.hbs`)
      const settings = { settings: { views: options.viewsDir }, cache: options.cache }
      return handlebars.renderView(file, {
        layout: 'desk',
        ...context,
        view,
        present: presenterFor(language),
        ...settings,
      })
    },
  }
}

function createEngine({ viewsDir, publicDir, cache }: ViewsOptions, words: Words): ExpressHandlebars {
  const engine = new ExpressHandlebars({
    handlebars: Handlebars.create(),
    extname: '.hbs',
    layoutsDir: path.join(viewsDir, 'layouts'),
    partialsDir: partialFolders(viewsDir),
    defaultLayout: 'desk',
    helpers: templateHelpers(words, readAssets(publicDir)),
  })
  if (!cache) return engine
  // The engine looks at every partial's file name for every page; kept templates are looked up once.
  const partials = engine.getPartials({ cache })
  engine.getPartials = () => partials
  return engine
}

type PartialFolders = NonNullable<ConstructorParameters<typeof ExpressHandlebars>[0]>['partialsDir'] & object

/** Parts shared by all pages stand in `partials/`; parts a domain hands to others' pages in its `sections/`: `{{> aid/sections/case}}`. */
function partialFolders(viewsDir: string): PartialFolders {
  const domains = readdirSync(viewsDir, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const sections = domains
    .map(({ name }) => ({ dir: path.join(viewsDir, name, 'sections'), namespace: `${name}/sections` }))
    .filter(({ dir }) => existsSync(dir))
  const folders: { dir: string; namespace?: string }[] = [{ dir: path.join(viewsDir, 'partials') }, ...sections]
  // The engine fills in what is left out; its types ask for everything.
  return folders as PartialFolders
}

function throwMissing(message: string): never {
  throw new Error(message)
}
