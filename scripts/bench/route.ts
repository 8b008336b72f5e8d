import type { PlaceDivision } from '../../src/routing/place/index.ts'
import { createMatcher } from '../../src/routing/place/index.ts'
import { readDivisionFolder } from '../run/division-folder.ts'

import type { BenchRow } from './row.ts'
export interface RouteBenchOptions {
  readonly seconds: number
  readonly divisions?: string
}

/** Different addresses that are matched in turn. */
const ADDRESSES = 20_000

/** Addresses between two looks at the clock. */
const ROUND = 200

/**
 * Matches generated addresses of the whole list for some seconds: complete, with missing levels, with short and old names,
 * in spoken sentences, and some that name nothing.
 *
 * @throws Error when no folder of lists is given
 */
export async function run({ seconds, divisions }: RouteBenchOptions): Promise<BenchRow[]> {
  if (divisions === undefined) throw new Error('bench route: --divisions DIR 缺失 · is missing')
  const list = await readDivisionFolder(divisions)
  const before = process.memoryUsage().rss
  const matcher = createMatcher(list, { county: '320614' })
  const addresses = makeAddresses(list)
  for (const address of addresses) matcher.match(address)

  const durations: number[] = []
  const until = performance.now() + seconds * 1_000
  const startedAt = performance.now()
  let matched = 0
  while (performance.now() < until) {
    const roundAt = performance.now()
    for (let i = 0; i < ROUND; i++) matcher.match(addresses[(matched + i) % addresses.length] ?? '')
    matched += ROUND
    durations.push((performance.now() - roundAt) / ROUND)
  }
  const elapsed = (performance.now() - startedAt) / 1_000
  durations.sort((a, b) => a - b)
  const at = (share: number) => rounded(durations[Math.floor(durations.length * share)] ?? 0)
  const rssMb = Math.round((process.memoryUsage().rss - before) / 1e6)
  return [
    {
      name: 'national',
      perSecond: Math.round(matched / elapsed),
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
      rssMb,
    },
  ]
}

function rounded(ms: number): number {
  return Math.round(ms * 10_000) / 10_000
}

/** Ways in which people give an address; `p`, `c`, `a`, `s` are province, prefecture, county and township. */
const WAYS: readonly ((p: string, c: string, a: string, s: string) => string)[] = [
  (p, c, a, s) => `${p}${c}${a}${s}人民路12号`,
  (_p, c, a, s) => `${c}${a}${s}长兴村3组`,
  (_p, _c, a, s) => `${a}${s}`,
  (_p, _c, a, s) => `我在${a.slice(0, -1)}${s}的公交站，手机快没电了`,
  (_p, c, _a, s) => `${c}${s}卫生院门口`,
  (_p, _c, _a, s) => s,
  (p, _c, a, s) => `户籍${p}，人在${a}${s}街上`,
  (_p, _c, a) => `${a}解放路88号`,
  (_p, _c, a, s) => `${s}，${a}`,
  () => '天黑了，不知道这是什么地方，旁边有一座桥',
]

function makeAddresses(list: readonly PlaceDivision[]): string[] {
  const names = new Map(list.map(({ code, name }) => [code, name]))
  const townships = list.filter(({ code }) => code.length === 9)
  const step = Math.max(1, Math.floor(townships.length / ADDRESSES))
  return Array.from({ length: ADDRESSES }, (_, i) => {
    const { code, name } = townships[(i * step * 7919) % townships.length] ?? { code: '', name: '' }
    const above = (length: number) => names.get(code.slice(0, length))?.replace(/^(?:市辖区|县)$/, '') ?? ''
    return WAYS[i % WAYS.length]?.(above(2), above(4), above(6), name) ?? ''
  })
}
