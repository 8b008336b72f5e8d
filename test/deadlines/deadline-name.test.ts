import path from 'node:path'
import { expect } from 'chai'
import { DEADLINE_NAMES, wordsOfName } from '../../src/deadlines/deadline-name.ts'
import { LANGUAGES, loadWords } from '../../src/platform/views/index.ts'

describe('Deadlines - names', () => {
  const words = loadWords(path.resolve('views'), LANGUAGES, (message) => {
    throw new Error(message)
  })

  for (const name of [...DEADLINE_NAMES, 'something.else'])
    it(`${name} has words in both languages`, () => {
      expect(words.has(wordsOfName(name))).to.be.true
    })

  it('a step is called like its clock, and a clock nobody named just that', () => {
    expect(wordsOfName('dispatch.step.2')).to.equal('deadlines:names.dispatch_step')
    expect(wordsOfName('dispatch.stepping')).to.equal('deadlines:names.other')
  })
})
