import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import express from 'express'
import type { Request, Response } from 'express'
import type { Browser } from 'playwright-core'
import { Server as LiveServer } from 'socket.io'
import type { Socket } from 'socket.io'
import { buildAssets } from '../../scripts/build-assets.ts'
import { LANGUAGES, loadWords } from '../../src/platform/views/index.ts'
import { sharedBrowser } from '../support/browsers.ts'

/** What a page of the playground is made of. */
export interface PlayPage {
  /** Markup of the main part, made anew for every request; undefined when the server is down. */
  main: (request: Request) => string | undefined
  /** Answers a form; by default a redirect to `/done`. */
  submit: (request: Request, response: Response) => void
}

/** A server that is nothing but what the browser's scripts need: pages, forms, suggestions, a live connection. */
export interface Playground {
  readonly url: string
  readonly browser: Browser
  readonly page: PlayPage
  /** Bodies of the forms that arrived. */
  readonly posts: Record<string, string>[]
  /** `X-Fragment` of the pages asked for by the live client. */
  readonly fragments: string[]
  /** What the live client asked to resume. */
  readonly resumes: Record<string, string>[]
  /** Tells a room; the envelope's id and sequence count up by themselves unless given. */
  tell(room: string, envelope?: { id?: string; stream?: string; seq?: number }): void
  /** Asks all pages to read a room anew. */
  reset(room: string): void
  /** Cuts all live connections; pages reconnect by themselves. */
  cut(): void
  close(): Promise<void>
}

/** Starts the playground with chromium. */
export async function startPlayground(): Promise<Playground> {
  await buildAssets()
  const browser = await sharedBrowser()
  const page: PlayPage = { main: () => '', submit: (_request, response) => response.redirect(303, '/done') }
  const posts: Record<string, string>[] = []
  const fragments: string[] = []
  const resumes: Record<string, string>[] = []
  const app = express()
  app.use('/assets', express.static(path.resolve('dist/public')))
  app.use(express.urlencoded({ extended: false }))
  app.get('/done', (_request, response) => void response.send(frame('<h1>完成</h1>')))
  app.get(
    '/suggest',
    (request, response) =>
      void response.json({
        candidates: candidatesFor(new URL(request.url, 'http://page').searchParams.get('q') ?? ''),
      }),
  )
  app.get('/{*any}', (request, response) => {
    const fragment = request.get('x-fragment')
    if (fragment !== undefined) fragments.push(fragment)
    const main = page.main(request)
    if (main === undefined) response.sendStatus(500)
    else response.send(frame(main))
  })
  app.post('/{*any}', (request, response) => {
    posts.push(request.body as Record<string, string>)
    page.submit(request, response)
  })

  const server = createServer(app)
  const live = new LiveServer(server)
  live.on('connection', (socket) => hear(socket, resumes))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  let count = 0

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    browser,
    page,
    posts,
    fragments,
    resumes,
    tell: (room, envelope = {}) => {
      count += 1
      const id = `${Date.now() + count}-0`
      live
        .to(room)
        .emit('event', { room, id, stream: room, seq: count, type: 'case.changed', at: '', data: {}, ...envelope })
    },
    reset: (room) => void live.emit('reset', { room }),
    cut: () => {
      for (const socket of live.sockets.sockets.values()) socket.conn.close()
    },
    close: async () => {
      await live.close()
    },
  }
}

/** Joins every room a page watches and remembers from where it wants to resume. */
function hear(socket: Socket, resumes: Record<string, string>[]): void {
  socket.on('watch', (rooms: string[], reply: (joined: string[]) => void) => {
    void socket.join(rooms)
    reply(rooms)
  })
  socket.on('resume', (ids: Record<string, string>, reply: (answer: string) => void) => {
    resumes.push(ids)
    reply('resumed')
  })
}

function candidatesFor(text: string): { code: string; name: string; path: string }[] {
  const all = [
    { code: '320614103', name: '常乐镇', path: '江苏省 南通市 海门区 常乐镇' },
    { code: '140829101', name: '常乐镇', path: '山西省 运城市 平陆县 常乐镇' },
  ]
  return all.filter(({ name }) => name.startsWith(text.slice(0, 2)))
}

/** The frame of a page as far as the scripts depend on it. */
function frame(main: string): string {
  const { files } = JSON.parse(readFileSync('dist/public/manifest.json', 'utf8')) as { files: Record<string, string> }
  const words = loadWords(path.resolve('views'), LANGUAGES, () => undefined)
  const browserWords = {
    ...(words.subtree('zh-CN', 'common:browser') as object),
    due: words.subtree('zh-CN', 'common:due'),
  }
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>t</title>
<link rel="stylesheet" href="/assets/${files['app.css'] ?? ''}"><link rel="icon" href="data:,">
<script type="application/json" id="jjn-words">${JSON.stringify(browserWords)}</script>
<script type="module" src="/assets/${files['app.js'] ?? ''}"></script></head>
<body data-now="${new Date().toISOString()}" data-rendered="${Date.now()}" data-account="officer">
<header><p class="jjn-live" role="status" data-live-state hidden></p></header>
<main id="main" tabindex="-1">${main}</main></body></html>`
}
