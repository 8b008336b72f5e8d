import express from 'express'
import type { Express } from 'express'
import { ledgerApi, ledgerPages } from '../../src/ledger/index.ts'
import { digestCommandsWith, problemHandler } from '../../src/platform/http/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { testViews } from '../platform/views/test-views.ts'
import type { RealLedger } from './real-ledger.ts'

/** The ledger's routes behind the product's views and problems, with whoever `signedIn.as` is. */
export function ledgerWeb(real: RealLedger, signedIn: { as: Actor }): Express {
  const services = { ...real, clock: { now: () => real.clock.at }, config: { publicUrl: 'http://127.0.0.1' } }
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
  app.use('/api/v1', ledgerApi(services).router)
  app.use(ledgerPages(services).router)
  const words = (lng: 'zh-CN' | 'en', code: string, params?: Readonly<Record<string, unknown>>): string => {
    const key = code.includes(':') ? code : views.words.errorKey(code)
    return key ? views.wordsFor(lng)(key, { ...params }) : code
  }
  app.use(problemHandler({ words, log: { error: (details) => console.error(details), info: () => undefined } }))
  return app
}
