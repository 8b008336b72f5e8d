import { expect } from 'chai'
import { randomBytes } from 'node:crypto'
import {
  createFieldVault,
  identityTokens,
  nameKeys,
  nameTokens,
  phoneTokens,
  searchTokens,
} from '../../../src/platform/privacy/index.ts'
import { parseIdentityNumber } from '../../../src/shared/identity-number.ts'
import { parsePhone } from '../../../src/shared/phone.ts'

const COUNTY = '329901'
const vault = createFieldVault([randomBytes(32), randomBytes(32)])

describe('Platform - privacy - search tokens', () => {
  it('find a phone by its whole number and by its last four digits', () => {
    const stored = phoneTokens(vault, COUNTY, parsePhone('128 0000 0042')!)
    expect(stored).to.include.members([searchTokens(vault, COUNTY, 'phone', ['+8612800000042'])[0]])
    expect(stored).to.include.members([searchTokens(vault, COUNTY, 'phone-last4', ['0042'])[0]])
    expect(stored).to.have.length(2)
  })

  it('find a landline with and without its area code', () => {
    const full = parsePhone('0513-82212345')!
    const local = parsePhone('8221 2345')!
    const token = searchTokens(vault, COUNTY, 'phone', ['82212345'])[0]
    expect(phoneTokens(vault, COUNTY, full)).to.include(token)
    expect(phoneTokens(vault, COUNTY, local)).to.include(token)
  })

  it('find an identity number in its old spelling', () => {
    const stored = identityTokens(vault, COUNTY, parseIdentityNumber('32990019870104104x')!)
    const old = parseIdentityNumber('329900870104104')!
    expect(stored).to.include(searchTokens(vault, COUNTY, 'identity', [old.number])[0])
  })

  it('find a name by how it sounds, in its own county only', () => {
    const stored = nameTokens(vault, COUNTY, '张伟')
    const sound = nameKeys('章伟').sound
    expect(stored).to.include(searchTokens(vault, COUNTY, 'name-sound', sound)[0])
    expect(stored).to.not.include(searchTokens(vault, '329902', 'name-sound', sound)[0])
  })

  it('are asked for once per listed key', () => {
    expect(searchTokens(vault, COUNTY, 'phone', ['1', '1', '2'])).to.have.length(4)
  })
})
