import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Connection } from 'mongoose'
import { connectMongo } from '../../src/platform/mongo/index.ts'
import { commandArgs } from '../support/command.ts'

const HEADER = 'code,name,validFrom,validTo,successor,aliases,responsibleUnit'

describe('Scripts - import divisions', function () {
  this.timeout(120_000)
  let folder: string
  let uri: string
  let connection: Connection

  before(async () => {
    const named = new URL(process.env['MONGODB_URI'] ?? '')
    named.pathname = `/jjn_test_import_${process.pid}`
    uri = named.href
    connection = await connectMongo(uri)
    await connection.dropDatabase()
    folder = mkdtempSync(join(tmpdir(), 'import-'))
  })
  after(async () => {
    await connection.dropDatabase()
    await connection.close()
    rmSync(folder, { recursive: true })
  })

  function write(name: string, ...lines: string[]): string {
    const file = join(folder, name)
    writeFileSync(file, [HEADER, ...lines, ''].join('\n'))
    return file
  }

  function run(...args: string[]) {
    const env = { ...process.env, MONGODB_URI: uri }
    const command = [...commandArgs('import-divisions'), ...args]
    return spawnSync(process.execPath, command, { env, encoding: 'utf8' })
  }

  const count = () => connection.collection('divisions').countDocuments()

  it('shows what it would do and writes nothing on a dry run', async () => {
    const { stdout, status } = run(write('dry.csv', '320614,海门区', '320614103,常乐镇'), '--dry-run')
    expect(status).to.equal(0)
    expect(stdout).to.include('新增 new: 2\n  320614 海门区\n  320614103 常乐镇')
    expect(await connection.listCollections()).to.deep.equal([])
  })

  it('imports a file once, and finds nothing to do the second time', async () => {
    const file = write('list.csv', '320614,海门区', '320614103,常乐镇', '320684,海门市,,2020-07-17,320614')
    expect(run(file).status).to.equal(0)
    expect(await count()).to.equal(3)
    const { stdout, status } = run(file)
    expect([status, stdout.includes('不变 unchanged: 3')]).to.deep.equal([0, true])
    expect(await connection.collection('journal').countDocuments({ type: 'divisions.imported' })).to.equal(1)
  })

  it('writes nothing when a row is refused, names the line and exits with 1', async () => {
    const before = await count()
    const { stdout, stderr, status } = run(write('bad.csv', '320614104,悦来镇', '3206141,错'))
    expect(status).to.equal(1)
    expect(stdout).to.include('第 3 行：区划代码应为')
    expect(stderr).to.include('nothing was written')
    expect(await count()).to.equal(before)
  })

  it('refuses a file that is not there, no file and two files, each with one line', () => {
    for (const args of [[join(folder, 'nowhere.csv')], [], ['one.csv', 'two.csv']]) {
      const { stderr, status } = run(...args)
      expect([status, stderr.trimEnd().split('\n').length]).to.deep.equal([1, 1])
    }
  })
})
