import express from 'express'
import type { Express, RequestHandler } from 'express'
import { controlRouter } from './control-routes.ts'
import { restRouter } from './rest-routes.ts'
import type { Switchboard } from './switchboard.ts'

/** Names under which this machine may be asked; any other is somebody's domain that points here. */
const OWN_NAMES = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/** The exchange's addresses: Twilio's REST under `/2010-04-01`, and the hands of everybody outside under `/control`. */
export function exchangeApp(x: Switchboard, authToken: string): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', 'simple')
  app.use(onlyOwnNames)
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  app.use('/2010-04-01', restRouter(x, authToken))
  app.use('/control', controlRouter(x))
  return app
}

const onlyOwnNames: RequestHandler = (request, response, next) => {
  if (OWN_NAMES.test(request.get('host') ?? '')) next()
  else response.status(403).type('text/plain').send('Only from this machine')
}
