import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Document } from 'mongodb'
import {
  drawCash,
  exportLedger,
  makeCheckpoint,
  proveCounty,
  verifyExport,
  verifyLedger,
} from '../../src/ledger/index.ts'
import { sealEntry } from '../../src/ledger/chain.ts'
import type { Entry } from '../../src/ledger/entry.ts'
import { closeMonth } from '../../src/ledger/periods/close-month.ts'
import { fen } from '../../src/shared/fen.ts'
import type { ProvenLedger } from './proven-ledger.ts'
import { provenLedger } from './proven-ledger.ts'
import { advance } from './real-ledger.ts'

/** Every collection in which something of the ledger is kept. */
const COLLECTIONS = [
  'ledger_entries',
  'ledger_books',
  'ledger_leaves',
  'ledger_trees',
  'ledger_checkpoints',
  'ledger_seals',
] as const

describe('Ledger - an insider with the database', function () {
  this.timeout(60_000)
  let real: ProvenLedger
  let backup: Map<string, Document[]>

  /** Yesterday: two advances, a checkpoint. Today: a close, two more, another checkpoint. */
  before(async () => {
    real = await provenLedger()
    await advance(real, 1_000)
    await advance(real, 2_000)
    await makeCheckpoint(real, real.county)
    backup = await contents()
    real.clock.at = new Date('2026-12-05T09:00:00+08:00')
    await closeMonth(real, { period: '2026-11' }, real.finance())
    await advance(real, 3_000)
    await drawCash(real, { fundId: real.township, amountFen: fen(500) }, real.officer('K-1'))
    await proveCounty(real, real.county)
  })

  const collection = (name: string) => real.connection.db!.collection(name)
  const kept = async () => real.checkpointStore.list(real.county)
  const verify = async (outside: object = {}) =>
    (await verifyLedger(real.ledger, { county: real.county, proof: real, ...outside })).faults

  async function contents(): Promise<Map<string, Document[]>> {
    const all = new Map<string, Document[]>()
    for (const name of COLLECTIONS)
      all.set(name, await collection(name).find({ county: real.county }, { promoteLongs: false }).toArray())
    return all
  }

  async function putBack(all: Map<string, Document[]>): Promise<void> {
    for (const [name, documents] of all) {
      await collection(name).deleteMany({ county: real.county })
      if (documents.length > 0) await collection(name).insertMany(documents)
    }
  }

  it('finds a sound ledger sound', async () => {
    expect(await verify({ kept: await kept() })).to.deep.equal([])
  })

  it('is named with the entry whose field he changed, whatever the field', async () => {
    const today = await contents()
    const entry = (await collection('ledger_entries').findOne({ fundId: real.township, seq: 5 }))!
    for (const field of Object.keys(entry).filter((name) => !['_id', 'county', 'fundId', 'seq'].includes(name))) {
      await collection('ledger_entries').updateOne({ _id: entry._id }, { $set: { [field]: 'forged' } })
      const [fault] = (await verify()).filter(({ fundId }) => fundId === real.township)
      expect([fault?.fundId, fault?.seq], field).to.deep.equal([real.township, 5])
      await collection('ledger_entries').replaceOne({ _id: entry._id }, withoutId(today, entry._id))
    }
    expect(await verify()).to.deep.equal([])
  })

  it('is named by the tree when he works out every later hash, and by what was kept when he rewrites the tree too', async () => {
    const today = await contents()
    const keptOutside = await kept()
    const township = { county: real.county, fundId: real.township }
    const entries = (await collection('ledger_entries').find(township).sort({ seq: 1 }).toArray()) as unknown as Entry[]
    let prev = entries[3]!.hash
    const hashes = new Map<number, string>()
    for (const entry of entries.slice(4)) {
      const { hash: _old, ...fields } = entry
      const close = fields.close && { ...fields.close, hash: hashes.get(fields.close.seq) ?? fields.close.hash }
      const forged = sealEntry({
        ...fields,
        ...(entry.seq === 5 ? { reason: 'forged' } : {}),
        ...(close ? { close } : {}),
        prev,
      })
      await collection('ledger_entries').replaceOne({ _id: entry._id as never }, forged)
      prev = forged.hash
      hashes.set(entry.seq, forged.hash)
    }
    const closed = await collection('ledger_books').findOne({ _id: real.township as never })
    const newClosed = { ...(closed!['closed'] as object), hash: hashes.get((closed!['closed'] as { seq: number }).seq) }
    await collection('ledger_books').updateOne(
      { _id: real.township as never },
      { $set: { hash: prev, closed: newClosed } },
    )
    const faults = (await verify()).filter(({ fundId }) => fundId === real.township)
    expect(faults.map(({ seq, check }) => `${seq} ${check}`)).to.deep.equal(['5 tree'])

    for (const [seq, hash] of hashes)
      await collection('ledger_leaves').updateOne({ ...township, seq }, { $set: { hash } })
    for (const name of ['ledger_checkpoints', 'ledger_seals'])
      await collection(name).deleteMany({ county: real.county })
    expect(await verify(), 'alone it is consistent').to.deep.equal([])
    const named = (await verify({ kept: keptOutside })).filter(({ fundId }) => fundId === real.township)
    expect(named.map(({ check }) => check)).to.deep.equal(['checkpoint'])
    await putBack(today)
    expect(await verify({ kept: keptOutside })).to.deep.equal([])
  })

  it('restores yesterday’s backup in vain: the kept checkpoint lists the numbers that are missing', async () => {
    const today = await contents()
    const keptOutside = await kept()
    const last = (await real.ledger.head(real.county, real.township))!.seq
    await putBack(backup)
    expect(await verify(), 'alone yesterday is consistent').to.deep.equal([])
    const yesterday = (await real.ledger.head(real.county, real.township))!.seq
    const fault = (await verify({ kept: keptOutside })).find(({ fundId }) => fundId === real.township)!
    expect([fault.seq, fault.check]).to.deep.equal([yesterday + 1, 'missing'])
    expect(fault.detail).to.include(`${yesterday + 1}–${last}`)

    const folder = join(await mkdtemp(join(tmpdir(), 'restored-')), 'export')
    await exportLedger(real.ledger, folder, '2026-12-05T02:00:00Z', { county: real.county, proof: real })
    const file = `${folder}-kept.txt`
    await writeFile(file, keptOutside.map(({ note }) => note).join('\n'))
    const offline = await verifyExport(folder, { checkpoints: file })
    expect(offline.faults.map(({ check }) => check)).to.include('missing')
    await putBack(today)
  })

  it('cannot take checkpoints, seals or leaves away unseen by who has an older export', async () => {
    const place = await mkdtemp(join(tmpdir(), 'older-'))
    await exportLedger(real.ledger, join(place, 'older'), '2026-12-05T02:00:00Z', { county: real.county, proof: real })
    const today = await contents()
    await collection('ledger_leaves').deleteMany({ county: real.county, index: { $gte: 5 } })
    await exportLedger(real.ledger, join(place, 'newer'), '2026-12-05T03:00:00Z', { county: real.county, proof: real })
    const { faults } = await verifyExport(join(place, 'newer'), { against: join(place, 'older') })
    expect(faults.map(({ check }) => check)).to.include('missing')
    await putBack(today)
    const lines = (await readFile(join(place, 'older', 'entries.ndjson'), 'utf8')).split('\n')
    expect(lines.every((line) => !/[\u4e00-\u9fff]/.test(line.replace(/"opening":\{"name":"[^"]*"/, '')))).to.equal(
      true,
    )
  })
})

function withoutId(all: Map<string, Document[]>, id: unknown): Document {
  const found = all.get('ledger_entries')!.find((document) => document['_id'] === id)!
  return Object.fromEntries(Object.entries(found).filter(([name]) => name !== '_id'))
}
