import type { Express } from 'express'
import express from 'express'
import { createStaffStore, createUnitStore } from '../../src/directory/index.ts'
import { peopleApi, peoplePages } from '../../src/people/index.ts'
import { digestCommandsWith, problemHandler } from '../../src/platform/http/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { testViews } from '../platform/views/test-views.ts'
import type { PeopleWorld } from './people-world.ts'

/** The county's units and staff, by the directory's own stores. */
function directoryOf({ connection }: PeopleWorld) {
  return { units: createUnitStore(connection), staff: createStaffStore(connection) }
}

/** The routes of persons behind the product's views and problems, with whoever `signedIn.as` is. */
export function peopleWeb(world: PeopleWorld, signedIn: { readonly as: Actor }): Express {
  const views = testViews()
  const app = express()
  digestCommandsWith(app, 'a secret of this test')
  const session = {}
  views.install(app)
  app.use(express.urlencoded({ extended: true }), express.json())
  app.use((req, res, next) => {
    Object.assign(req, { session })
    res.locals['actor'] = signedIn.as
    views.middleware(req, res, next)
  })
  app.use('/api/v1', peopleApi(world).router)
  app.use(peoplePages({ ...world, ...directoryOf(world) }).router)
  const words = (lng: 'zh-CN' | 'en', code: string): string => {
    const key = views.words.errorKey(code)
    return key ? views.wordsFor(lng)(key) : code
  }
  app.use(problemHandler({ words, log: { error: (details) => console.error(details), info: () => undefined } }))
  return app
}
