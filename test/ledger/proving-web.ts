import express from 'express'
import type { Express } from 'express'
import { provingApi, provingPages } from '../../src/ledger/index.ts'
import { digestCommandsWith, problemHandler } from '../../src/platform/http/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { testViews } from '../platform/views/test-views.ts'
import type { ProvenLedger } from './proven-ledger.ts'

/** The routes of statements, proofs and audit behind the product's views and problems, with whoever `signedIn.as` is. */
export function provingWeb(real: ProvenLedger, signedIn: { as: Actor }): Express {
  const services = {
    ...real,
    config: { publicUrl: 'http://127.0.0.1' },
    counties: () => Promise.resolve([real.county]),
  }
  const views = testViews()
  const app = express()
  digestCommandsWith(app, 'a secret of this test')
  views.install(app)
  app.use(express.urlencoded({ extended: true }), express.json())
  app.use((req, res, next) => {
    Object.assign(req, { session: {} })
    res.locals['actor'] = signedIn.as
    views.middleware(req, res, next)
  })
  app.use('/api/v1', provingApi(services).router)
  app.use(provingPages(services).router)
  const words = (lng: 'zh-CN' | 'en', code: string, params: Readonly<Record<string, unknown>> = {}): string => {
    const key = views.words.errorKey(code)
    return key ? views.wordsFor(lng)(key, params) : code
  }
  app.use(problemHandler({ words, log: { error: (details) => console.error(details), info: () => undefined } }))
  return app
}
