import { expect } from 'chai'
import { HIDDEN, maskBankAccount, maskIdentity, maskName, maskPhone } from '../../../src/platform/privacy/index.ts'

const adult = { isMinor: false }
const minor = { isMinor: true }

describe('Platform - privacy - masks', () => {
  const names: [name: string, shown: string][] = [
    ['张三', '张＊'],
    ['张三丰', '张＊'],
    ['欧阳娜娜', '欧阳＊'],
    ['欧阳', '欧＊'],
    ['𠮷野太郎', '𠮷＊'],
    ['买买提·吐尔逊', '买＊'],
    ['Smith', 'S＊'],
    [' ', HIDDEN],
  ]
  for (const [name, shown] of names) {
    it(`shows ${name} as ${shown}`, () => {
      expect(maskName(name, adult)).to.equal(shown)
    })
  }

  it('shows an identity number’s first 6 and last 2 places on a desk, nothing in lists', () => {
    expect(maskIdentity('32990019870104104X', 'desk', adult)).to.equal('329900＊＊＊＊4X')
    expect(maskIdentity('32990019870104104X', 'list', adult)).to.equal(HIDDEN)
    expect(maskIdentity('E12345678', 'desk', adult)).to.equal(HIDDEN)
  })

  it('shows a phone 3-4-4 without its middle', () => {
    expect(maskPhone('+8612800000042', adult)).to.equal('128＊＊＊＊0042')
  })

  it('shows an account’s last four digits on a desk, nothing in lists', () => {
    expect(maskBankAccount('6222 0000 0000 1234', 'desk', adult)).to.equal('＊＊＊＊ 1234')
    expect(maskBankAccount('6222 0000 0000 1234', 'list', adult)).to.equal(HIDDEN)
    expect(maskBankAccount('12341234', 'desk', adult)).to.equal(HIDDEN)
  })

  it('hides everything of somebody under 18, not even showing how long it is', () => {
    const shown = [
      maskName('欧阳娜娜', minor),
      maskIdentity('329900201306151059', 'desk', minor),
      maskPhone('+8612800000042', minor),
      maskBankAccount('6222000000001234', 'desk', minor),
    ]
    expect(new Set(shown)).to.deep.equal(new Set([HIDDEN]))
  })
})
