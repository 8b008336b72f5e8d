import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { exportLedger, verifyExport } from '../../src/ledger/index.ts'
import { advance, realLedger } from './real-ledger.ts'
import type { RealLedger } from './real-ledger.ts'
import { commandArgs } from '../support/command.ts'

describe('Ledger - export and offline verification', function () {
  this.timeout(60_000)
  let real: RealLedger
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-export-'))
    real = await realLedger(100_000)
    for (const amount of [1_000, 2_000, 3_000]) await advance(real, amount)
    await exportLedger(real.ledger, join(folder, 'sound'), '2026-11-29T00:00:00Z', { fundId: real.township })
  })

  after(() => rm(folder, { recursive: true, force: true }))

  /** A copy of the export with one file's lines changed. */
  async function copyWith(name: string, file: string, change: (lines: string[]) => string[]): Promise<string> {
    const copy = join(folder, name)
    await rm(copy, { recursive: true, force: true })
    await exportLedger(real.ledger, copy, '2026-11-29T00:00:00Z', { fundId: real.township })
    const path = join(copy, file)
    const lines = (await readFile(path, 'utf8')).trim().split('\n')
    await writeFile(path, `${change(lines).join('\n')}\n`)
    return copy
  }

  /** The command as an auditor runs it, far from any database. */
  function command(...args: string[]): Promise<{ code: number; output: string }> {
    const env = { PATH: process.env['PATH'] }
    return new Promise((resolve) => {
      execFile('node', [...commandArgs('verify-ledger'), ...args], { env }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr })
      })
    })
  }

  it('verifies a sound export without a database and exits 0', async () => {
    const { code, output } = await command('--from', join(folder, 'sound'))
    expect([code, output.trim()]).to.deep.equal([0, '账目相符 · 9 entries of 1 funds hold'])
  })

  it('names the sequence number of a changed sum and exits 1', async () => {
    const copy = await copyWith('changed', 'entries.ndjson', (lines) =>
      lines.map((line, at) => (at === 6 ? line.replaceAll('2000', '2001') : line)),
    )
    const { code, output } = await command('--from', copy)
    expect(code).to.equal(1)
    expect(output).to.include(`${real.township} 第 7 笔不符 · fails at 7: hash`)
  })

  it('names where the end was cut off, and where the head was put back with it', async () => {
    const cut = await copyWith('cut', 'entries.ndjson', (lines) => lines.slice(0, 7))
    expect((await verifyExport(cut)).faults).to.deep.include({
      fundId: real.township,
      seq: 8,
      check: 'head',
      detail: 'the head says 9, the entries end at 7',
    })
  })

  it('meets an older export when the ledger was put back to a backup', async () => {
    const older = join(folder, 'older')
    await exportLedger(real.ledger, older, '2026-11-30T00:00:00Z', { fundId: real.township })
    const backup = await copyWith('backup', 'entries.ndjson', (lines) => lines.slice(0, 5))
    const fifth = JSON.parse((await readFile(join(backup, 'entries.ndjson'), 'utf8')).trim().split('\n')[4]!) as {
      seq: number
      hash: string
      bookedAt: string
      period: string
      after: { bal: object; held: object }
    }
    const head = JSON.parse(await readFile(join(backup, 'heads.ndjson'), 'utf8')) as object
    const {
      seq,
      hash,
      bookedAt,
      period,
      after: { bal, held },
    } = fifth
    await writeFile(
      join(backup, 'heads.ndjson'),
      JSON.stringify({ ...head, seq, ver: seq, hash, bookedAt, period, bal, held }),
    )
    const holds = (await readFile(join(backup, 'holds.ndjson'), 'utf8'))
      .split('\n')
      .filter((line) => line.includes(':4"'))
    await writeFile(join(backup, 'holds.ndjson'), holds.join('\n'))
    await writeFile(
      join(backup, 'parts.ndjson'),
      JSON.stringify({ fundId: real.township, account: 'advance', sub: 'A1', amountFen: 1_000, since: '' }),
    )

    expect((await verifyExport(backup)).faults, 'alone it is consistent').to.deep.equal([])
    const { code, output } = await command('--from', backup, '--against', older)
    expect(code).to.equal(1)
    expect(output).to.include(`${real.township} 第 9 笔不符`)
  })

  it('refuses, in one line, a folder that is none and a command that contradicts itself', async () => {
    const none = await command('--from', folder)
    expect([none.code, none.output.trim().split('\n')]).to.deep.equal([
      1,
      [`${folder} 不是账目导出 · is no export of a ledger`],
    ])
    const both = await command('--from', folder, '--fund', real.township)
    expect([both.code, both.output.trim().split('\n').length]).to.deep.equal([1, 1])
    const unreadable = await copyWith('unreadable', 'entries.ndjson', (lines) => [...lines.slice(0, 3), 'half a li'])
    expect((await command('--from', unreadable)).output).to.include('entries.ndjson:4 不是 JSON')
  })

  it('does not write into a folder that is in use', async () => {
    const again = exportLedger(real.ledger, join(folder, 'sound'), '2026-11-29T00:00:00Z', { fundId: real.township })
    expect(await again.catch(String)).to.include('不是空文件夹')
  })
})
