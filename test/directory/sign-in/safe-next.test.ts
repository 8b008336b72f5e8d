import { expect } from 'chai'
import fc from 'fast-check'
import { safeNext } from '../../../src/directory/sign-in/safe-next.ts'

describe('Directory - where to go after signing in', () => {
  it('keeps a page of this site with its query and place', () => {
    expect(safeNext('/cases/025240000012?tab=money#due')).to.equal('/cases/025240000012?tab=money#due')
    expect(safeNext('/%E5%B8%B8')).to.equal('/%E5%B8%B8')
  })

  const hostile = [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    ' /desk',
    'desk',
    '',
    '/a\\..\\..//evil.example',
    '/..//evil.example',
    '/./\\/evil.example',
    `/${'a'.repeat(2_000)}`,
    '/sign-in?next=/desk',
    '/sign-out',
    undefined,
    ['/desk', '//evil.example'],
    { toString: () => '//evil.example' },
  ]
  for (const wanted of hostile)
    it(`goes home instead of ${`${typeof wanted} ${JSON.stringify(wanted)}`.slice(0, 40)}`, () => {
      expect(safeNext(wanted)).to.equal('/')
    })

  it('never leaves the site, whatever is asked', () => {
    const sign = fc.constantFrom(
      '/',
      '\\',
      '.',
      ':',
      '@',
      '?',
      '#',
      'a',
      '%',
      '\t',
      '\n',
      ' ',
      ';',
      '／',
      '。',
      '%2f',
      '%5c',
    )
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (signs) => {
        const target = new URL(safeNext(signs.join('')), 'http://jiujinan.test/sign-in')
        expect(target.origin).to.equal('http://jiujinan.test')
      }),
      { numRuns: 2_000 },
    )
  })
})
