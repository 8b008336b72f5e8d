import { expect } from 'chai'
import fc from 'fast-check'
import { formatPhone, isWithheldNumber, last4, localNumber, maskedPhone, parsePhone } from '../../src/shared/phone.ts'

describe('Shared - phone', () => {
  describe('a mobile number', () => {
    const spellings = [
      '13800138000',
      '+8613800138000',
      '+86 138-0013-8000',
      '0086 138 0013 8000',
      '008613800138000',
      '8613800138000',
      '86-138/0013/8000',
      '138.0013.8000',
      '(138) 0013 8000',
      '（+86）138 0013 8000',
      '１３８００１３８０００',
      '＋８６　１３８－００１３－８０００',
      '013800138000',
      'tel:+86-138-0013-8000',
      'sip:+8613800138000@exchange.example',
      '\u202a138 0013 8000\u202c',
      ' 手机 138 0013 8000 ',
    ]
    for (const spelling of spellings) {
      it(`is the same number written ${JSON.stringify(spelling)}`, () => {
        expect(parsePhone(spelling)).to.deep.equal({ number: '+8613800138000', kind: 'mobile' })
      })
    }
  })

  describe('a landline', () => {
    const spellings = ['051382212345', '0513-82212345', '0513/8221 2345', '(0513)82212345', '+86 (0)513 8221 2345']
    const others = ['+8651382212345', '0086-513-82212345', '8651382212345', '８２２１２３４５', '8221-2345']
    for (const spelling of [...spellings, ...others]) {
      it(`is the same number written ${JSON.stringify(spelling)}`, () => {
        const phone = parsePhone(spelling, { areaCode: '0513' })
        expect(phone).to.deep.equal({ number: '+8651382212345', kind: 'landline' })
      })
    }

    it('keeps its bare digits and a warning when nobody knows the area code', () => {
      expect(parsePhone('8221 2345')).to.deep.equal({ number: '82212345', kind: 'unknown', warning: 'no_area_code' })
    })

    it('has an area code of two digits in the largest cities', () => {
      expect(parsePhone('010-82212345')?.number).to.equal('+861082212345')
      expect(parsePhone('021 6221 2345')?.number).to.equal('+862162212345')
    })
  })

  describe('the number inside its area', () => {
    it('is the same with and without the area code', () => {
      expect(localNumber('+8651382212345')).to.equal('82212345')
      expect(localNumber('+861082212345')).to.equal('82212345')
      expect(localNumber('82212345')).to.equal('82212345')
    })

    it('does not exist for mobile, service, short and foreign numbers', () => {
      for (const number of ['+8613800138000', '+8612800000001', '+864001234567', '12345', '+12125550123'])
        expect(localNumber(number)).to.equal(undefined)
    })
  })

  describe('an extension', () => {
    const spellings = ['0513-82212345-801', '0513-82212345转801', '0513 82212345 转分机 801', '051382212345 ext. 801']
    for (const spelling of [...spellings, '+8651382212345;ext=801', '0513-82212345#801', '(0513) 82212345 x801']) {
      it(`is kept apart in ${JSON.stringify(spelling)}`, () => {
        expect(parsePhone(spelling)).to.include({ number: '+8651382212345', extension: '801' })
      })
    }

    it('is not mistaken for the last group of a mobile number', () => {
      expect(parsePhone('138-0013-8000')).to.not.have.property('extension')
    })
  })

  describe('a short code', () => {
    for (const code of [
      '110',
      '119',
      '120',
      '122',
      '12345',
      '12349',
      '10086',
      '95588',
      '96333',
      '１２３４５',
      '+86110',
    ]) {
      it(`${code} is whole by itself`, () => {
        expect(parsePhone(code)).to.deep.equal({ number: code.normalize('NFKC').replace('+86', ''), kind: 'short' })
      })
    }

    it('of another city keeps its area code', () => {
      expect(parsePhone('0513-12345')).to.deep.equal({ number: '+8651312345', kind: 'short' })
      expect(parsePhone('0951-12345')).to.deep.equal({ number: '+8695112345', kind: 'short' })
    })
  })

  describe('an unusual number', () => {
    it('of a test phone is accepted with a warning', () => {
      const expected = { number: '+8612800000001', kind: 'unknown', warning: 'unknown_range' }
      expect(parsePhone('128 0000 0001')).to.deep.equal(expected)
      expect(parsePhone('+8612800000001')).to.deep.equal(expected)
    })

    it('of a duty phone (12 and the township code) is accepted with a warning', () => {
      expect(parsePhone('12320614103')).to.include({ number: '+8612320614103', warning: 'unknown_range' })
    })

    it('from abroad keeps its country', () => {
      expect(parsePhone('+1 (212) 555-0123')).to.deep.equal({ number: '+12125550123', kind: 'foreign' })
      expect(parsePhone('00852 9123 4567')).to.deep.equal({ number: '+85291234567', kind: 'foreign' })
    })

    it('of no known length keeps its digits', () => {
      expect(parsePhone('138001')).to.deep.equal({ number: '138001', kind: 'unknown', warning: 'wrong_length' })
    })

    it('of a company line is a service number', () => {
      expect(parsePhone('400-123-4567')).to.deep.equal({ number: '+864001234567', kind: 'service' })
    })
  })

  describe('no number', () => {
    for (const text of [
      '',
      '   ',
      '没有电话',
      'anonymous',
      'Restricted',
      '+266696687',
      '+7378742833',
      '😀',
      '+86282452253',
    ]) {
      it(`is found in ${JSON.stringify(text)}`, () => {
        expect(parsePhone(text)).to.equal(undefined)
        expect(isWithheldNumber(text)).to.equal(true)
      })
    }
  })

  describe('showing', () => {
    const table: [number: string, shown: string, masked: string][] = [
      ['+8613800138000', '138 0013 8000', '138＊＊＊＊8000'],
      ['+8612800000000', '128 0000 0000', '128＊＊＊＊0000'],
      ['+8651382212345', '0513-82212345', '0513-＊＊＊＊2345'],
      ['+861082212345', '010-82212345', '010-＊＊＊＊2345'],
      ['+864001234567', '400 123 4567', '400＊＊＊4567'],
      ['+12125550123', '+12 12555 0123', '+12＊＊＊＊＊0123'],
      ['12345', '12345', '12345'],
      ['+8651312345', '0513-12345', '0513-12345'],
      ['82212345', '8221 2345', '＊＊＊＊2345'],
      ['138001', '138001', '＊＊＊＊01'],
    ]
    for (const [number, shown, masked] of table) {
      it(`${number} reads ${shown} and masked ${masked}`, () => {
        expect(formatPhone(number)).to.equal(shown)
        expect(maskedPhone(number)).to.equal(masked)
      })
    }

    it('puts an extension behind', () => {
      expect(formatPhone('+8651382212345', '801')).to.equal('0513-82212345-801')
    })

    it('takes the last four digits in any spelling', () => {
      expect(last4('+86 138 0013 8000')).to.equal('8000')
    })
  })

  describe('whatever is typed', () => {
    const mobile = fc.integer({ min: 10_000_000_000, max: 19_999_999_999 }).map(String)
    const gap = fc.constantFrom('', ' ', '-', '/', '.', '　', '－', ') ', '( ')
    const prefix = fc.constantFrom('', '+86', '0086', '86 ', '+86 ', '0086-', '＋８６')
    const wide = (text: string): string => text.replace(/\d/g, (d) => String.fromCodePoint(d.codePointAt(0)! + 0xfee0))

    it('a mobile number comes out the same in every spelling', () => {
      fc.assert(
        fc.property(mobile, prefix, gap, gap, fc.boolean(), (number, before, g1, g2, full) => {
          const typed = `${before}${number.slice(0, 3)}${g1}${number.slice(3, 7)}${g2}${number.slice(7)}`
          expect(parsePhone(full ? wide(typed) : typed)?.number).to.equal(`+86${number}`)
        }),
      )
    })

    it('a number read again is the same number', () => {
      const digits = fc.stringMatching(/^(\+|00|0|86|\+86)?[0-9]{1,14}$/)
      fc.assert(
        fc.property(fc.oneof(digits, fc.string()), (text) => {
          const once = parsePhone(text)
          if (once) expect(parsePhone(once.number)?.number).to.equal(once.number)
        }),
        { numRuns: 2000 },
      )
    })

    it('never throws, never answers with a number that has no digit', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
          const phone = parsePhone(text)
          if (phone) expect(phone.number).to.match(/^\+?\d+$/)
        }),
      )
    })

    it('a masked number hides at least the middle of everything but short codes', () => {
      fc.assert(
        fc.property(fc.stringMatching(/^(\+86)?[1-9][0-9]{5,11}$/), (text) => {
          const phone = parsePhone(text)
          if (!phone || phone.kind === 'short') return
          expect(maskedPhone(phone.number).replace(/[^＊]/g, '').length).to.be.at.least(3)
        }),
      )
    })
  })
})
