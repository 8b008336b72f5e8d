import express from 'express'
import type { Express } from 'express'
import request from 'supertest'
import { aidApi } from '../../src/aid/index.ts'
import { ledgerApi } from '../../src/ledger/index.ts'
import { digestCommandsWith, problemHandler } from '../../src/platform/http/index.ts'
import { newId } from '../../src/shared/ids.ts'
import { testViews } from '../platform/views/test-views.ts'
import type { World } from '../support/world.ts'

/** What the API of a story's world is asked, by members of staff of the fixture. */
export interface StoryWeb {
  /** Sends a command and gives its answer, whatever it is. The key is fresh unless given. */
  send(account: string, path: string, body?: object, key?: string): Promise<request.Response>
  /** Sends a command that must succeed and gives the body of its answer. */
  does(account: string, path: string, body?: object): Promise<Record<string, unknown>>
  reads(account: string, path: string): Promise<Record<string, unknown>>
  /** Something one person proposes and another agrees to. */
  agrees(proposer: string, approver: string, path: string, body?: object): Promise<Record<string, unknown>>
}

/** The real routes of aid and ledger on a story's world; an account is signed in by naming it. */
export function storyWeb(w: World): StoryWeb {
  const web = appOf(w)
  const at = (path: string): string => `/api/v1${path}`

  const story: StoryWeb = {
    send: (account, path, body = {}, key = newId()) =>
      request(web)
        .post(at(path))
        .set({ 'x-account': encodeURIComponent(account), 'idempotency-key': key })
        .send(body)
        .then((answer) => answer),
    async does(account, path, body) {
      const answer = await story.send(account, path, body)
      if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`)
      return answer.body as Record<string, unknown>
    },
    async reads(account, path) {
      const answer = await request(web).get(at(path)).set('x-account', encodeURIComponent(account))
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`)
      return answer.body as Record<string, unknown>
    },
    async agrees(proposer, approver, path, body) {
      const { proposalId, digest } = await story.does(proposer, path, body)
      const fund = path.split('/').slice(0, 3).join('/')
      return story.does(approver, `${fund}/proposals/${String(proposalId)}/approval`, { digest })
    },
  }
  return story
}

function appOf(w: World): Express {
  const views = testViews()
  const app = express()
  digestCommandsWith(app, 'a secret of this test')
  app.use(express.json(), (req, res, next) => {
    const account = decodeURIComponent(req.get('x-account') ?? '')
    w.staff(account).then((actor) => {
      res.locals['actor'] = actor
      next()
    }, next)
  })
  app.use('/api/v1', ledgerApi(w.services).router, aidApi(w.services).router)
  const words = (lng: 'zh-CN' | 'en', code: string, params?: Readonly<Record<string, unknown>>): string => {
    const key = code.includes(':') ? code : views.words.errorKey(code)
    return key ? views.wordsFor(lng)(key, { ...params }) : code
  }
  app.use(problemHandler({ words, log: { error: (details) => console.error(details), info: () => undefined } }))
  return app
}
