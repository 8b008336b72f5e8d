import { expect } from 'chai'
import fc from 'fast-check'
import type { NameKeys } from '../../../src/platform/privacy/index.ts'
import { nameKeys, simplifiedName } from '../../../src/platform/privacy/index.ts'

/** The loosest step at which two names meet. */
function meet(one: string, other: string): keyof NameKeys | 'never' {
  const [a, b] = [nameKeys(one), nameKeys(other)]
  const steps = ['whole', 'sound', 'initials'] as const
  return steps.find((step) => a[step].some((key) => b[step].includes(key))) ?? 'never'
}

describe('Platform - privacy - name keys', () => {
  const table: [one: string, other: string, step: keyof NameKeys | 'never', why: string][] = [
    ['张伟', '张伟', 'whole', 'the same name'],
    ['張偉', '张伟', 'whole', 'traditional and simplified'],
    ['陳曉東', '陈晓东', 'whole', 'traditional and simplified'],
    ['鍾國強', '钟国强', 'whole', 'a character with two simplified forms'],
    ['張 偉', '张伟', 'whole', 'a space inside'],
    ['张　伟', '张伟', 'whole', 'a full-width space inside'],
    ['𠮷野太郎', '吉野太郎', 'whole', 'a rare form of a common character'],
    ['买买提·吐尔逊', '买买提•吐尔逊', 'whole', 'another dot'],
    ['买买提·吐尔逊', '吐尔逊', 'whole', 'only one half of the name'],
    ['José Núñez', 'jose nunez', 'whole', 'accents and capitals'],
    ['张伟', '章伟', 'sound', 'zhāng as another character'],
    ['张伟', '臧伟', 'sound', 'zh heard as z'],
    ['张山', '张三', 'sound', 'sh heard as s'],
    ['陈成', '岑岑', 'sound', 'ch heard as c, eng as en'],
    ['林宁', '宁林', 'sound', 'n heard as l, ing as in'],
    ['方芳', '黄黄', 'initials', 'fang and huang sound different; f and h are one initial'],
    ['冯丰', '洪峰', 'initials', 'feng and hong sound different; f and h are one initial'],
    ['范杭', '韩房', 'sound', 'f heard as h, an as ang'],
    ['王英', '王音', 'sound', 'ing heard as in'],
    ['吕布', '鲁布', 'sound', 'ü heard as u'],
    ['曾国', '增国', 'sound', '曾 as a surname is zēng'],
    ['曾国', '层国', 'sound', 'and may be read as céng by those who do not know'],
    ['单雄信', '山雄信', 'sound', '单 as a surname is shàn'],
    ['單雄信', '山雄信', 'sound', 'also in traditional characters'],
    ['解晓东', '谢晓东', 'sound', '解 as a surname is xiè'],
    ['张伟', 'zhangwei', 'sound', 'typed in letters'],
    ['张伟', 'Zhang Wei', 'sound', 'typed in letters with a space'],
    ['欧阳娜娜', 'ouyangnana', 'sound', 'a double surname in letters'],
    ['王丽华', 'wlh', 'initials', 'typed as initials'],
    ['刘能', 'ln', 'initials', 'initials with n and l confused'],
    ['王丽华', '吴兰慧', 'initials', 'only the initials in common'],
    ['张伟', '李强', 'never', 'another name'],
    ['张伟', '张伟强', 'never', 'a longer name'],
  ]
  for (const [one, other, step, why] of table) {
    it(`${one} and ${other} meet by ${step}: ${why}`, () => {
      expect(meet(one, other)).to.equal(step)
      expect(meet(other, one)).to.equal(step)
    })
  }

  it('keeps rare characters of names that no dictionary of sounds holds', () => {
    expect(nameKeys('禤䶮㛃').whole).to.deep.equal(['禤䶮㛃'])
    expect(meet('王𬭎', '王𬭎')).to.equal('whole')
  })

  it('leaves a name without any sign without keys', () => {
    expect(nameKeys(' · ')).to.deep.equal({ whole: [], sound: [], initials: [] })
  })

  it('keeps at most four readings, however ambiguous the characters', () => {
    expect(nameKeys('单乐行长').sound.length).to.be.within(2, 4)
  })

  it('makes simplified characters of traditional ones, and leaves simplified ones alone', () => {
    expect(simplifiedName('劉備')).to.equal('刘备')
    expect(simplifiedName('刘备')).to.equal('刘备')
  })

  it('finds every name by itself, and never throws', () => {
    const han = fc.string({
      unit: fc.integer({ min: 0x4e00, max: 0x9fff }).map((c) => String.fromCodePoint(c)),
      maxLength: 6,
    })
    fc.assert(
      fc.property(fc.oneof(han, fc.string({ unit: 'grapheme' })), (name) => {
        const keys = nameKeys(name)
        expect(nameKeys(name)).to.deep.equal(keys)
        expect(keys.whole.every((key) => !/\s/.test(key))).to.equal(true)
      }),
    )
  })
})
