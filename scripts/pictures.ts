import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../src/platform/project-root.ts'
import { ownSecrets } from './run/secrets.ts'
import { fail } from './run/fail.ts'
import { readEnvironment } from './run/services-environment.ts'
import { PICTURE_PAGES } from './pictures/pages.ts'
import type { PicturePage } from './pictures/pages.ts'
import { serveStyleGuide, styleGuidePages } from './pictures/style-guide.ts'
import { takeReadmePictures } from './pictures/take-readme-pictures.ts'
import { takePictures } from './pictures/take-pictures.ts'

const HELP = `npm run pictures -- [--readme | --style-guide] [--url URL] [--only TEXT] [--out DIR]

Takes a picture of every page in both languages at 360, 768 and 1440 px, into var/pictures.
Pages are those of a running demo (npm start), declared in scripts/pictures/pages.ts.

  --readme       the pictures of README.md, from a small story played in the demo; into scripts/pictures/readme
  --style-guide  the components with sample content instead; needs nothing running
  --url URL      address of the running demo (PUBLIC_URL, else http://127.0.0.1:3000)
  --only TEXT    only pages whose name contains this
  --out DIR      where the pictures go`

const { values } = parseArgs({
  options: {
    'style-guide': { type: 'boolean' },
    readme: { type: 'boolean' },
    url: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean' },
  },
})

if (values.help) console.log(HELP)
else await (values['style-guide'] ? styleGuide() : runningDemo()).catch(fail)

async function styleGuide(): Promise<void> {
  const { server, url } = await serveStyleGuide()
  const pages = styleGuidePages().map((name): PicturePage => ({ name, path: `/style-guide/${name}` }))
  await takePictures({ url, pages: chosen(pages), outDir: outDir('style-guide') })
  server.close()
}

async function runningDemo(): Promise<void> {
  const env = readEnvironment()
  const url = values.url ?? env['PUBLIC_URL'] ?? 'http://127.0.0.1:3000'
  const isUp = await fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )
  if (!isUp)
    throw new Error(`没有运行中的演示：${url}，请先 npm start · No demo is running at ${url}; run npm start first`)
  const dataDir = join(projectRoot(), env['DATA_DIR'] ?? 'var')
  const password = env['DEMO_PASSWORD'] ?? ownSecrets(dataDir).DEMO_PASSWORD
  if (values.readme) {
    await takeReadmePictures(url, password, values.out ?? join(projectRoot(), 'scripts', 'pictures', 'readme'))
    return
  }
  await takePictures({ url, password, pages: chosen(PICTURE_PAGES), outDir: outDir('pages') })
}

function chosen(pages: readonly PicturePage[]): readonly PicturePage[] {
  const found = pages.filter(({ name }) => name.includes(values.only ?? ''))
  if (found.length === 0) throw new Error(`没有名称包含「${values.only ?? ''}」的页面 · No page is called like that`)
  return found
}

function outDir(kind: string): string {
  return values.out ?? join(projectRoot(), 'var', 'pictures', kind)
}
