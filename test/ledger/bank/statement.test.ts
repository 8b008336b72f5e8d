import { expect } from 'chai'
import fc from 'fast-check'
import { readAmount, readDay } from '../../../src/ledger/bank/bank-fields.ts'
import type { KnownLines } from '../../../src/ledger/bank/plan-import.ts'
import { lineKey, planImport } from '../../../src/ledger/bank/plan-import.ts'
import { readStatement } from '../../../src/ledger/bank/statement-file.ts'

const HEADER = 'account,date,bank_reference,line_no,amount,balance,text'

function fileOf(...lines: string[]): Uint8Array {
  return new TextEncoder().encode([HEADER, ...lines, ''].join('\r\n'))
}

function faultsOf(bytes: Uint8Array): string[] {
  return readStatement(bytes).faults.map(({ line, code }) => `${line} ${code}`)
}

/** `账号,日期,流水号,行号,金额,余额,摘要` and one line, as GB 18030 writes them. */
const GB18030 = Buffer.from(
  'd5cbbac52cc8d5c6da2cc1f7cbaebac52cd0d0bac52cbdf0b6ee2cd3e0b6ee2cd5aad2aa0a' +
    Buffer.from('6228-01,2026-11-20,R1,1,-350.00,49650.00,').toString('hex') +
    'bec8d6fabfee0a',
  'hex',
)

describe('Ledger - bank statement file', () => {
  it('reads UTF-8 with and without its mark, and GB 18030, with Chinese or English columns in any order', () => {
    const line = '6228-01,2026-11-20,R1,1,-350.00,"49,650.00",救助款'
    const wanted = {
      line: 2,
      account: '6228-01',
      on: '2026-11-20',
      reference: 'R1',
      lineNo: 1,
      amountFen: -35_000,
      balanceFen: 4_965_000,
      text: '救助款',
    }
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), fileOf(line)])
    for (const bytes of [fileOf(line), marked, GB18030]) {
      const { lines, faults } = readStatement(bytes)
      expect(faults).to.deep.equal([])
      expect(lines).to.deep.equal([wanted])
    }
    const moved = new TextEncoder().encode(
      '摘要,余额,金额,行号,流水号,日期,账号\n救助款,49650.00,-350,1,R1,20261120,6228-01\n',
    )
    expect(readStatement(moved).lines).to.deep.equal([wanted])
  })

  const good = 'A-01,2026-11-20,R1,1,-350.00,650.00,x'
  for (const [name, bytes, faults] of [
    ['nothing', new Uint8Array(), ['0 empty']],
    ['a header alone', fileOf(), ['0 empty']],
    ['a spreadsheet instead of text', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), ['0 encoding']],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}\n${good}\n`, 'utf16le'), ['0 encoding']],
    ['a file cut off', fileOf(good).slice(0, -4), ['2 cut_off']],
    ['an open quotation mark', fileOf('A-01,2026-11-20,"R1,1,-350.00,650.00,x', good), ['2 unreadable']],
    ['a missing column', new TextEncoder().encode('account,date\nA,2026-11-20\n'), ['1 columns']],
    ['a column twice', new TextEncoder().encode(`${HEADER},日期\n${good},2026-11-20\n`), ['1 columns']],
    ['half a line', fileOf(good, 'A-01,2026-11-20,R2,1'), ['3 half_line']],
    ['a formula', fileOf('A-01,2026-11-20,R1,1,-350.00,650.00,"=HYPERLINK(""x"")"'), ['2 formula']],
    ['an amount of nothing', fileOf('A-01,2026-11-20,R1,1,0.00,650.00,x'), ['2 amount']],
    ['three decimals', fileOf('A-01,2026-11-20,R1,1,-3.505,650.00,x'), ['2 amount']],
    ['a word for an amount', fileOf('A-01,2026-11-20,R1,1,NaN,1e9,x'), ['2 amount', '2 balance']],
    ['a day that is none', fileOf('A-01,2026-02-30,R1,1,-350.00,650.00,x'), ['2 date']],
    ['a reference with spaces', fileOf('A-01,2026-11-20,R 1,1,-350.00,650.00,x'), ['2 reference']],
    ['a line number below zero', fileOf('A-01,2026-11-20,R1,x1,-350.00,650.00,x'), ['2 line_no']],
    ['the same line twice', fileOf(good, good), ['3 duplicate']],
    ['more than a file may hold', new Uint8Array(120_001).fill(0x61), ['0 too_large']],
  ] as const)
    it(`refuses ${name}, by line`, () => {
      expect(faultsOf(bytes)).to.deep.equal(faults)
    })

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { lines, faults } = readStatement(bytes)
        expect(lines.length > 0 || faults.length > 0).to.equal(true)
      }),
      { numRuns: 500 },
    )
  })

  it('reads an amount as the same fen however it is written, and nothing that is not exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 11), max: 10 ** 11 }), (amount) => {
        const yuan = Math.trunc(Math.abs(amount) / 100)
        const text = `${amount < 0 ? '-' : ''}${yuan}.${String(Math.abs(amount) % 100).padStart(2, '0')}`
        expect(readAmount(text)).to.equal(amount)
        expect(readAmount(text.replace(/\B(?=(\d{3})+\.)/g, ','))).to.equal(amount)
      }),
    )
    expect(['', '-', '1.234', '1e3', '0x10', '１２.５０', '12.5'].map(readAmount)).to.deep.equal([
      ...Array<undefined>(5).fill(undefined),
      1250,
      1250,
    ])
    expect(['2026-11-29', '20261129', '2026/11/29', '2026-13-01', '29.11.2026'].map(readDay)).to.deep.equal([
      '2026-11-29',
      '2026-11-29',
      '2026-11-29',
      undefined,
      undefined,
    ])
  })
})

describe('Ledger - plan a statement’s import', () => {
  type Line = Parameters<typeof planImport>[1][number]

  /** A statement that adds up. */
  const statement = fc
    .array(
      fc.integer({ min: -5_000, max: 5_000 }).filter((amount) => amount !== 0),
      { minLength: 1, maxLength: 12 },
    )
    .map((amounts) => {
      let balanceFen = 100_000
      return amounts.map((amountFen, index): Line => {
        balanceFen += amountFen
        return {
          line: index + 2,
          account: 'A-01',
          on: `2026-11-${String(1 + Math.floor(index / 2)).padStart(2, '0')}`,
          reference: `R${index}`,
          lineNo: 1,
          amountFen,
          balanceFen,
          text: '',
        }
      })
    })

  /** What is known once lines were imported. */
  function known(lines: readonly Line[]): KnownLines {
    const last = lines.at(-1)
    return {
      account: { account: 'A-01', lines: lines.length, balanceFen: last?.balanceFen ?? 0, upTo: last?.on ?? '' },
      kept: new Map(lines.map((line, index) => [lineKey(line), { ...line, position: index + 1 }])),
    }
  }

  it('takes a statement in any number of overlapping pieces as if it had come at once, and twice as once', () => {
    fc.assert(
      fc.property(statement, fc.nat(), fc.nat(), (lines, a, b) => {
        const upTo = 1 + (a % lines.length)
        const from = b % (upTo + 1)
        const first = planImport(known([]), lines.slice(0, upTo))
        expect(first.faults).to.deep.equal([])
        const second = planImport(known(first.added), lines.slice(from))
        expect(second.faults).to.deep.equal([])
        expect([...first.added, ...second.added]).to.deep.equal(lines)
        const again = planImport(known(lines), lines)
        expect([again.added, again.known, again.faults]).to.deep.equal([[], lines.length, []])
      }),
    )
  })

  it('refuses a line left out, moved, changed or foreign, and then takes nothing', () => {
    fc.assert(
      fc.property(statement, fc.nat(), (lines, n) => {
        fc.pre(lines.length >= 3)
        const at = 1 + (n % (lines.length - 2))
        const line = lines[at] as Line
        const without = lines.filter((_line, index) => index !== at)
        const wrong: readonly (readonly Line[])[] = [
          without,
          [...lines.slice(0, at), { ...line, amountFen: line.amountFen + 1 }, ...lines.slice(at + 1)],
          [...lines.slice(0, at), { ...line, balanceFen: line.balanceFen + 1 }, ...lines.slice(at + 1)],
          [...lines.slice(0, at), { ...line, account: 'B-02' }, ...lines.slice(at + 1)],
        ]
        for (const file of wrong) {
          const plan = planImport(known(lines.slice(0, 1)), file)
          expect(plan.faults).to.not.deep.equal([])
          expect(plan.added).to.deep.equal([])
        }
        const changed = lines.map((one, index) => (index === at ? { ...one, amountFen: one.amountFen + 1 } : one))
        expect(planImport(known(lines), changed).faults.map(({ code }) => code)).to.deep.equal(['changed'])
      }),
    )
  })

  it('names a gap between two imports and lines in the wrong order', () => {
    const line = (reference: string, on: string, amountFen: number, balanceFen: number, at: number): Line => ({
      line: at,
      account: 'A-01',
      on,
      reference,
      lineNo: 1,
      amountFen,
      balanceFen,
      text: '',
    })
    const first = line('R1', '2026-11-01', 100, 100, 2)
    const gap = planImport(known([first]), [line('R3', '2026-11-03', 50, 250, 2)])
    expect(gap.faults).to.deep.equal([{ line: 2, code: 'gap', column: 'balance' }])
    const back = planImport(known([first]), [line('R2', '2026-10-30', 50, 150, 2)])
    expect(back.faults).to.deep.equal([{ line: 2, code: 'order', column: 'date' }])
    const behind = planImport(known([first]), [line('R2', '2026-11-02', 50, 150, 2), { ...first, line: 3 }])
    expect(behind.faults).to.deep.equal([{ line: 3, code: 'order' }])
  })
})
