import { expect } from 'chai'
import fc from 'fast-check'
import { ageAt, isUnder14, isUnder18, parseIdentityNumber } from '../../src/shared/identity-number.ts'

const at = (text: string): Date => new Date(text)

describe('Shared - identity number', () => {
  const fixture: [number: string, birthday: string, sex: string][] = [
    ['329900198804121018', '1988-04-12', 'male'],
    ['329900198501041037', '1985-01-04', 'male'],
    ['32990019870104104X', '1987-01-04', 'female'],
    ['329900201306151059', '2013-06-15', 'male'],
    ['329900201909031064', '2019-09-03', 'female'],
    ['329900195002151107', '1950-02-15', 'female'],
    ['329900197808191131', '1978-08-19', 'male'],
  ]
  for (const [number, birthday, sex] of fixture) {
    it(`${number} is whole, with a warning for its unassigned region`, () => {
      expect(parseIdentityNumber(number)).to.deep.equal({ number, birthday, sex, warnings: ['region'] })
    })
  }

  describe('spellings', () => {
    const spellings = [
      '32990019870104104x',
      '329900 19870104 104X',
      '３２９９００１９８７０１０４１０４Ｘ',
      '329900-19870104-104x',
    ]
    for (const spelling of [...spellings, ' 32990019870104104* ', '\u200e32990019870104104X']) {
      it(`${JSON.stringify(spelling)} is the same number`, () => {
        expect(parseIdentityNumber(spelling)?.number).to.equal('32990019870104104X')
      })
    }

    it('an old number of 15 digits equals the new number of the same person', () => {
      expect(parseIdentityNumber('329900870104104')?.number).to.equal('32990019870104104X')
      expect(parseIdentityNumber('329900500215110')?.number).to.equal('329900195002151107')
    })

    it('nothing typed is no number', () => {
      expect(parseIdentityNumber(' - ')).to.equal(undefined)
    })
  })

  describe('warnings instead of refusals', () => {
    const table: [text: string, warnings: string[]][] = [
      ['329900198804121019', ['region', 'check_digit']],
      ['329900198813121018', ['region', 'birthday']],
      ['110101199003070038', []],
      ['810000199001011235', ['check_digit']],
      ['E12345678', ['other_document']],
      ['32990019880412101', ['other_document']],
      ['329900871304104', ['other_document']],
    ]
    for (const [text, warnings] of table) {
      it(`${text} gives ${warnings.join(', ') || 'none'}`, () => {
        expect(parseIdentityNumber(text)?.warnings).to.deep.equal(warnings)
      })
    }

    it('never throws, and reads its own answer back', () => {
      const likely = fc.stringMatching(/^[0-9]{15}$|^[0-9]{17}[0-9Xx]$/)
      fc.assert(
        fc.property(fc.oneof(likely, fc.string({ unit: 'binary' })), (text) => {
          const once = parseIdentityNumber(text)
          if (once) expect(parseIdentityNumber(once.number)).to.deep.equal(once)
        }),
      )
    })

    it('one wrong digit is always noticed', () => {
      const number = '329900198804121018'
      const change = fc.tuple(fc.integer({ min: 14, max: 16 }), fc.integer({ min: 1, max: 9 }))
      fc.assert(
        fc.property(change, ([place, by]) => {
          const digit = (Number(number[place]) + by) % 10
          const wrong = `${number.slice(0, place)}${digit}${number.slice(place + 1)}`
          expect(parseIdentityNumber(wrong)?.warnings).to.include('check_digit')
        }),
      )
    })
  })

  describe('age', () => {
    it('changes at midnight in China, not in London', () => {
      expect(ageAt('2008-11-28', at('2026-11-27T23:59:59+08:00'))).to.equal(17)
      expect(ageAt('2008-11-28', at('2026-11-28T00:00:00+08:00'))).to.equal(18)
    })

    it('of somebody born on 29 February changes on 1 March', () => {
      expect(ageAt('2008-02-29', at('2026-02-28T12:00:00+08:00'))).to.equal(17)
      expect(ageAt('2008-02-29', at('2026-03-01T00:00:00+08:00'))).to.equal(18)
    })

    it('decides under 18 and under 14', () => {
      const fire = at('2026-12-02T02:50:00+08:00')
      expect(isUnder18('2013-06-15', fire)).to.equal(true)
      expect(isUnder14('2013-06-15', fire)).to.equal(true)
      expect(isUnder14('2012-06-15', fire)).to.equal(false)
      expect(isUnder18('1985-01-04', fire)).to.equal(false)
    })
  })
})
