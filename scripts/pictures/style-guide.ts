import { readdirSync } from 'node:fs'
import type { Server } from 'node:http'
import path from 'node:path'
import express from 'express'
import { Server as LiveServer } from 'socket.io'
import type { Request, Response } from 'express'
import { projectRoot } from '../../src/platform/project-root.ts'
import { ASSETS_PATH, createViews } from '../../src/platform/views/index.ts'
import type { Presenter, ViewGlobals } from '../../src/platform/views/index.ts'
import { buildAssets } from '../build-assets.ts'
import { samplePage } from './style-guide-samples.ts'

const ROOT = projectRoot()

/** The moment every picture is taken at, so that two pictures of one page are the same. */
export const PICTURE_TIME = new Date('2026-11-28T15:52:00Z')

/** Layout each style-guide page stands in. */
const LAYOUTS: Readonly<Record<string, string>> = { question: 'public', receipt: 'print', 'sign-in': 'bare' }

/** Names of the style guide's pages: `/style-guide/<name>`. */
export function styleGuidePages(): string[] {
  const files = readdirSync(path.join(ROOT, 'views', 'style-guide'))
  return files.map((file) => path.basename(file, '.hbs')).sort()
}

/**
 * A small server that shows the style guide: every component with realistic content, without a database.
 *
 * Sends the same strict content security policy as the product, so that an inline style or script would show.
 *
 * @returns the server, listening on a free port of 127.0.0.1, and its address
 */
export async function serveStyleGuide(): Promise<{ server: Server; url: string }> {
  await buildAssets()
  const publicDir = path.join(ROOT, 'dist', 'public')
  const views = createViews({
    viewsDir: path.join(ROOT, 'views'),
    publicDir,
    demo: true,
    cache: true,
    clock: { now: () => PICTURE_TIME },
  })
  const app = express()
  views.install(app)
  app.use(ASSETS_PATH, express.static(publicDir, { immutable: true, maxAge: '1y' }))
  app.use((request, response, next) => views.middleware(request, response, next))
  app.use((_request, response, next) => {
    response.set(
      'Content-Security-Policy',
      "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:",
    )
    next()
  })
  app.get('/style-guide/:name', showPage)
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  answerLive(server)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The style guide got no port')
  return { server, url: `http://127.0.0.1:${address.port}` }
}

/** Lets pages connect and hear nothing, so that the top bar looks as it does at work. */
function answerLive(server: Server): void {
  new LiveServer(server).on('connection', (socket) => {
    socket.on('watch', (_rooms, reply: (joined: unknown) => void) => reply([]))
    socket.on('resume', (_ids, reply: (answer: string) => void) => reply('resumed'))
  })
}

function showPage(request: Request<{ name: string }>, response: Response): void {
  const { view, present } = response.locals as { view: ViewGlobals; present: Presenter }
  const { name } = request.params
  const sample = samplePage(name, present)
  view.csrfToken = 'style-guide'
  if (!LAYOUTS[name]) {
    view.actor = { account: 'guide', name: sample.actorName, unit: sample.actorUnit, menu: sample.menu }
  }
  response.render(`style-guide/${name}`, {
    layout: LAYOUTS[name] ?? 'desk',
    ...(LAYOUTS[name] ? {} : { flash: { key: 'style-guide:flash' } }),
    ...sample.page,
  })
}
