import { expect } from 'chai'
import type { CrashPoint } from '../../src/platform/crash-point.ts'
import { crashPointOf } from '../../src/platform/crash-point.ts'

function deathsAt(env: NodeJS.ProcessEnv, passes: readonly CrashPoint[]): number[] {
  const deaths: number[] = []
  let passed = 0
  const pass = crashPointOf(env, () => deaths.push(passed))
  for (const point of passes) {
    passed += 1
    pass(point)
  }
  return deaths
}

const PASSES = ['afterHeadCas', 'afterEntry', 'afterHeadCas', 'afterEntry'] as const

describe('Platform - crash point', () => {
  it('dies at the named point, on the named pass, once', () => {
    expect(deathsAt({ LEDGER_CRASH_AT: 'afterEntry' }, PASSES)).to.deep.equal([2])
    expect(deathsAt({ LEDGER_CRASH_AT: 'afterEntry:2' }, PASSES)).to.deep.equal([4])
  })

  it('does nothing when nothing, or no point, is named', () => {
    expect(deathsAt({}, PASSES)).to.deep.equal([])
    expect(deathsAt({ LEDGER_CRASH_AT: 'afterLunch' }, PASSES)).to.deep.equal([])
  })

  it('does nothing in production, whatever is named', () => {
    expect(deathsAt({ LEDGER_CRASH_AT: 'afterEntry', NODE_ENV: 'production' }, PASSES)).to.deep.equal([])
  })
})
