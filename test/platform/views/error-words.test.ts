import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { LANGUAGES, loadWords } from '../../../src/platform/views/index.ts'

/** Codes of the refusals written out in a source file. */
function codesIn(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(/new DomainError\(\s*'([a-z_]+\.[a-z_]+)'/g)].map(([, code]) => code ?? '')
}

describe('Platform - views - words of refusals', () => {
  const words = loadWords(path.resolve('views'), LANGUAGES, (message) => {
    throw new Error(message)
  })
  const domains = readdirSync('src').filter((name) => name !== 'browser')

  for (const domain of domains) {
    it(`says in both languages why ${domain} refuses`, () => {
      const folder = path.join('src', domain)
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
      const codes = new Set(files.flatMap((file) => codesIn(path.join(folder, file))))
      const unexplained = [...codes].filter((code) => {
        const key = words.errorKey(code)
        return key === undefined || !words.has(key)
      })
      expect(unexplained.sort()).to.deep.equal([])
    })
  }
})
