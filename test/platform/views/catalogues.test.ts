import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import Handlebars from 'handlebars'
import { LANGUAGES, loadWords } from '../../../src/platform/views/index.ts'
import { visibleTextOf, wordKeysOf } from './template-text.ts'

const VIEWS = path.resolve('views')

/** Texts of one catalogue by key, plural forms under one key. */
function textsOf(language: string, file: string): Map<string, string> {
  const texts = new Map<string, string>()
  const collect = (value: unknown, key: string) => {
    if (typeof value === 'string') texts.set(key.replace(/_(zero|one|two|few|many|other)$/, ''), value)
    else for (const [name, part] of Object.entries(value as object)) collect(part, key === '' ? name : `${key}.${name}`)
  }
  collect(JSON.parse(readFileSync(path.join(VIEWS, 'words', language, file), 'utf8')), '')
  return texts
}

function paramsOf(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'count')
    .sort()
}

const files = readdirSync(path.join(VIEWS, 'words', 'zh-CN')).filter((file) => file.endsWith('.json'))
const templates = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'))

describe('Platform - views - catalogues', () => {
  it('has the same files in every language', () => {
    for (const language of LANGUAGES) {
      const found = readdirSync(path.join(VIEWS, 'words', language)).filter((file) => file.endsWith('.json'))
      expect(found.sort()).to.deep.equal([...files].sort())
    }
  })

  for (const file of files) {
    describe(file, () => {
      const chinese = textsOf('zh-CN', file)
      const english = textsOf('en', file)

      it('says the same things in Chinese and English', () => {
        expect([...english.keys()].sort()).to.deep.equal([...chinese.keys()].sort())
      })

      it('fills the same values into both', () => {
        for (const [key, text] of chinese) {
          expect(paramsOf(english.get(key) ?? ''), key).to.deep.equal(paramsOf(text))
        }
      })

      it('leaves no text empty, and no Chinese in the English but the product’s name and examples of names', () => {
        for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).to.not.equal('')
        const own = file === 'common.json' ? ['product.seal', 'product.latin'] : []
        const example = /(?:such as|for example|e\.g\.) \p{Script=Han}+/gu
        const isMixed = (text: string) => /\p{Script=Han}/u.test(text.replace(example, ''))
        const mixed = [...english].filter(([key, text]) => isMixed(text) && !own.includes(key))
        expect(mixed).to.deep.equal([])
      })
    })
  }

  it('explains no error code in two files', () => {
    const owners = new Map<string, string[]>()
    for (const file of files) {
      for (const key of textsOf('zh-CN', file).keys()) {
        if (key.startsWith('errors.')) owners.set(key, [...(owners.get(key) ?? []), file])
      }
    }
    expect([...owners].filter(([, found]) => found.length > 1)).to.deep.equal([])
  })
})

describe('Platform - views - templates', () => {
  const words = loadWords(VIEWS, LANGUAGES, (message) => {
    throw new Error(message)
  })

  for (const template of templates) {
    const source = readFileSync(path.join(VIEWS, template), 'utf8')

    it(`${template} holds markup only, every word comes from a catalogue`, () => {
      expect(visibleTextOf(source)).to.deep.equal([])
    })

    it(`${template} asks for words that exist in every language`, () => {
      const missing = wordKeysOf(source).filter(({ key, isWhole }) =>
        isWhole
          ? !words.has(key) && !words.has(`${key}_other`)
          : LANGUAGES.some((language) => typeof words.subtree(language, key) !== 'object'),
      )
      expect(missing).to.deep.equal([])
    })

    it(`${template} has no inline style or script`, () => {
      expect(source).to.not.match(/\sstyle=|\son[a-z]+=|javascript:/i)
    })
  }

  it('would notice a visible word', () => {
    expect(visibleTextOf('<p>{{t "common:form.save"}} 保存</p>')).to.deep.equal(['保存'])
    expect(visibleTextOf('<input placeholder="Name">')).to.deep.equal(['Name'])
    expect(visibleTextOf('{{> button text="Save"}}')).to.deep.equal(['Save'])
    expect(() => Handlebars.parse('{{#if}')).to.throw()
  })
})
