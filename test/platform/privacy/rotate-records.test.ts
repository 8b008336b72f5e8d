import { expect } from 'chai'
import { randomBytes } from 'node:crypto'
import type { FieldPlace, RotatableRecords, SealedText } from '../../../src/platform/privacy/index.ts'
import { createFieldVault, rotateRecords } from '../../../src/platform/privacy/index.ts'

const oldKey = randomBytes(32)
const newKey = randomBytes(32)
const placeOf = (record: string): FieldPlace => ({ collection: 'test', field: 'name', record })

describe('Platform - privacy - rotate records', () => {
  const ids = Array.from({ length: 25 }, (_, index) => `r${String(index).padStart(2, '0')}`)
  let stored: Map<string, SealedText>

  beforeEach(() => {
    const before = createFieldVault([oldKey])
    stored = new Map(ids.map((id) => [id, before.seal(`name of ${id}`, placeOf(id))]))
  })

  function records(busyFor: Map<string, number> = new Map()): RotatableRecords {
    const vault = createFieldVault([newKey, oldKey])
    return {
      idsAfter: (after, limit) =>
        Promise.resolve(ids.filter((id) => after === undefined || id > after).slice(0, limit)),
      rotate(id) {
        const left = busyFor.get(id) ?? 0
        busyFor.set(id, left - 1)
        if (left > 0) return Promise.resolve('busy')
        const sealed = stored.get(id)!
        if (!vault.needsRotation(sealed)) return Promise.resolve('current')
        stored.set(id, vault.seal(vault.open(sealed, placeOf(id)), placeOf(id)))
        return Promise.resolve('rotated')
      },
    }
  }

  it('leaves nothing that needs the old key', async () => {
    const done = await rotateRecords(records(), { batchSize: 10 })
    expect(done).to.deep.equal({ seen: 25, rotated: 25, busy: [], last: 'r24' })
    const after = createFieldVault([newKey])
    for (const id of ids) expect(after.open(stored.get(id)!, placeOf(id))).to.equal(`name of ${id}`)
  })

  it('does nothing the second time', async () => {
    await rotateRecords(records())
    expect(await rotateRecords(records())).to.include({ seen: 25, rotated: 0 })
  })

  it('goes on where it was interrupted', async () => {
    const stop = new Error('stopped')
    let reached: string | undefined
    const interrupted = rotateRecords(records(), {
      batchSize: 10,
      onBatch({ last }) {
        reached = last
        throw stop
      },
    })
    await interrupted.catch((error: unknown) => expect(error).to.equal(stop))
    expect(reached).to.equal('r09')
    expect(await rotateRecords(records(), {}, reached)).to.include({ seen: 15, rotated: 15 })
  })

  it('tries a busy record again, and names those that stay busy', async () => {
    const done = await rotateRecords(
      records(
        new Map([
          ['r03', 2],
          ['r07', 99],
        ]),
      ),
    )
    expect(done).to.deep.include({ rotated: 24, busy: ['r07'] })
  })
})
