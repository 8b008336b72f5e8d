import { expect } from 'chai'
import fc from 'fast-check'
import { randomBytes } from 'node:crypto'
import type { FieldPlace, SealedText } from '../../../src/platform/privacy/index.ts'
import { createFieldVault, FieldVaultError, parseFieldKeys } from '../../../src/platform/privacy/index.ts'

const place: FieldPlace = { collection: 'people', field: 'name', record: 'p1' }
const oldKey = randomBytes(32)
const newKey = randomBytes(32)

describe('Platform - privacy - field vault', () => {
  const vault = createFieldVault([newKey])

  function kindOfFailure(run: () => unknown): string {
    try {
      run()
    } catch (error) {
      if (error instanceof FieldVaultError) return error.kind
      throw error
    }
    return 'opened'
  }

  describe('sealing and opening', () => {
    it('gives back any text, in any script', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme' }), (text) => {
          expect(vault.open(vault.seal(text, place), place)).to.equal(text)
        }),
      )
    })

    it('never writes the same text twice the same way', () => {
      expect(vault.seal('测试甲', place)).to.not.equal(vault.seal('测试甲', place))
    })

    it('does not show the text', () => {
      const sealed = Buffer.from(vault.seal('329900198804121018', place), 'base64url').toString('latin1')
      expect(sealed).to.not.include('3299')
    })

    it('notices every change of a single bit', () => {
      const sealed = Buffer.from(vault.seal('329900198804121018', place), 'base64url')
      fc.assert(
        fc.property(fc.integer({ min: 0, max: sealed.length * 8 - 1 }), (bit) => {
          const forged = Buffer.from(sealed)
          forged[bit >> 3] = forged[bit >> 3]! ^ (1 << (bit & 7))
          expect(kindOfFailure(() => vault.open(forged.toString('base64url') as SealedText, place))).to.not.equal(
            'opened',
          )
        }),
      )
    })

    it('notices every truncation', () => {
      const sealed = vault.seal('测试甲', place)
      for (let length = 0; length < sealed.length; length += 1)
        expect(kindOfFailure(() => vault.open(sealed.slice(0, length) as SealedText, place))).to.not.equal('opened')
    })

    it('refuses a value that was moved to another record, field or collection', () => {
      const sealed = vault.seal('测试甲', place)
      const elsewhere = [
        { ...place, record: 'p2' },
        { ...place, field: 'address' },
        { ...place, collection: 'cases' },
      ]
      for (const other of elsewhere) expect(kindOfFailure(() => vault.open(sealed, other))).to.equal('tampered')
    })

    it('does not say the value when it refuses', () => {
      const sealed = vault.seal('测试甲', place)
      expect(() => vault.open(sealed, { ...place, record: 'p2' })).to.throw(
        /^Cannot open people\.name of p2: tampered$/,
      )
    })
  })

  describe('when a new key is put in front', () => {
    const before = createFieldVault([oldKey])
    const during = createFieldVault([newKey, oldKey])
    const after = createFieldVault([newKey])
    const sealed = before.seal('测试甲', place)

    it('old values still open, and say that they are old', () => {
      expect(during.open(sealed, place)).to.equal('测试甲')
      expect(during.needsRotation(sealed)).to.equal(true)
      expect(during.needsRotation(during.seal('测试甲', place))).to.equal(false)
    })

    it('old tokens are still found, new ones are the newest key’s', () => {
      const scope = { county: '329901', kind: 'phone' }
      expect(during.searchTokens(scope, 'x')).to.deep.equal([after.token(scope, 'x'), before.token(scope, 'x')])
      expect(during.token(scope, 'x')).to.equal(after.token(scope, 'x'))
    })

    it('values of a key that left the list are named as such', () => {
      expect(kindOfFailure(() => after.open(sealed, place))).to.equal('unknown_key')
    })
  })

  describe('tokens', () => {
    it('are the same for the same value, and different for another county, kind or value', () => {
      const scope = { county: '329901', kind: 'phone' }
      const tokens = [
        vault.token(scope, '1'),
        vault.token(scope, '2'),
        vault.token({ ...scope, county: '329902' }, '1'),
        vault.token({ ...scope, kind: 'identity' }, '1'),
        vault.digest('329901', '1'),
      ]
      expect(vault.token(scope, '1')).to.equal(tokens[0])
      expect(new Set(tokens).size).to.equal(tokens.length)
    })

    it('do not run together at the seams of their parts', () => {
      expect(vault.token({ county: '1', kind: '2' }, '3')).to.not.equal(vault.token({ county: '12', kind: '' }, '3'))
    })
  })

  describe('the list of keys', () => {
    it('is read from the environment, newest first', () => {
      const text = `${newKey.toString('base64')}, ${oldKey.toString('base64')}`
      expect(parseFieldKeys(text)).to.deep.equal([newKey, oldKey])
    })

    it('refuses an empty list and keys of another length, without repeating them', () => {
      expect(() => parseFieldKeys(' , ')).to.throw('FIELD_KEYS names no key')
      expect(() => parseFieldKeys(`${newKey.toString('base64')},c2hvcnQ=`)).to.throw(/key 2 is not 32 bytes/)
      expect(() => createFieldVault([])).to.throw('needs a key')
    })
  })
})
