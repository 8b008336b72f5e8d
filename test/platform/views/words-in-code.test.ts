import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { LANGUAGES, loadWords } from '../../../src/platform/views/index.ts'

const VIEWS = path.resolve('views')

const words = loadWords(VIEWS, LANGUAGES, (message) => {
  throw new Error(message)
})

const namespaces = readdirSync(path.join(VIEWS, 'words', 'zh-CN')).map((file) => path.basename(file, '.json'))

/** Keys written out in a source file; those that go on with a value end in a dot. */
function keysIn(source: string): string[] {
  const key = new RegExp(`['"\`]((?:${namespaces.join('|')}):[A-Za-z][\\w.]*)(['"\`]|\\$\\{)`, 'g')
  return [...source.matchAll(key)]
    .filter(([, written = '', end]) => end !== '${' || written.endsWith('.'))
    .map(([, written = '']) => written)
}

function isThere(key: string): boolean {
  const isWritten = (language: (typeof LANGUAGES)[number], name: string): boolean =>
    words.subtree(language, name) !== undefined
  if (!key.endsWith('.')) return LANGUAGES.every((one) => isWritten(one, key) || isWritten(one, `${key}_other`))
  return LANGUAGES.every((language) => typeof words.subtree(language, key.slice(0, -1)) === 'object')
}

describe('Platform - views - words the code asks for', () => {
  for (const domain of readdirSync('src').filter((name) => name !== 'browser')) {
    it(`finds every key that ${domain} names`, () => {
      const folder = path.join('src', domain)
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
      const missing = files.flatMap((file) =>
        keysIn(readFileSync(path.join(folder, file), 'utf8'))
          .filter((key) => !isThere(key))
          .map((key) => `${file}: ${key}`),
      )
      expect(missing).to.deep.equal([])
    })
  }

  it('would notice one that is missing', () => {
    expect(keysIn("t('common:form.save')")).to.deep.equal(['common:form.save'])
    expect(keysIn('t(`common:urgency.${level}`)')).to.deep.equal(['common:urgency.'])
    expect([isThere('common:form.save'), isThere('common:urgency.')]).to.deep.equal([true, true])
    expect([isThere('common:nothing'), isThere('common:nothing.')]).to.deep.equal([false, false])
  })
})
