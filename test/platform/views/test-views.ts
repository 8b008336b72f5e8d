import path from 'node:path'
import { createViews } from '../../../src/platform/views/index.ts'
import type { Views } from '../../../src/platform/views/index.ts'
import { buildAssets } from '../../../scripts/build-assets.ts'

/** The moment all views of these tests are made at: Saturday night, 23:40:10 in Beijing. */
export const NOW = new Date('2026-11-28T15:40:10Z')

before(async () => {
  await buildAssets()
})

/** The product's views at a fixed moment; missing words throw. */
export function testViews(): Views {
  return createViews({
    viewsDir: path.resolve('views'),
    publicDir: path.resolve('dist/public'),
    demo: true,
    cache: true,
    clock: { now: () => NOW },
  })
}
