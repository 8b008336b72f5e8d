import { expect } from 'chai'
import { SEALED_HAND_OVERS, SEALED_STAFF } from '../../src/directory/index.ts'
import { pendingTotp, startTotp } from '../../src/directory/own-account/second-factor.ts'
import { openNote } from '../../src/directory/roster/hand-over.ts'
import { handOverShift } from '../../src/directory/roster/hand-over-shift.ts'
import { openStaffPhone, sealStaffPhone } from '../../src/directory/staff/own-phone.ts'
import { rotatableCollection } from '../../src/platform/mongo/index.ts'
import { createFieldVault, rotateRecords } from '../../src/platform/privacy/index.ts'
import { newId } from '../../src/shared/ids.ts'
import { testStores } from '../support/database.ts'
import { directoryWorld, PASSWORD } from './support/directory-world.ts'

describe('Directory - rotate keys', () => {
  it('reads everything with the newest key alone once all is sealed again', async () => {
    const world = await directoryWorld()
    const _id = newId()
    const phone = sealStaffPhone(world.vault, _id, '+8612320614999')
    const officer = await world.person('D', [{ role: 'duty_officer', unit: world.township }], { _id, phone })
    const before = await startTotp(world, { password: PASSWORD, address: '10.0.0.1' }, world.by(officer))
    await handOverShift(world, { unit: world.township, text: '明早有人来取药' }, world.by(officer))

    const both = createFieldVault([Buffer.alloc(32, 8), Buffer.alloc(32, 7)])
    const newest = createFieldVault([Buffer.alloc(32, 8)])
    const { connection } = await testStores()
    const staff = rotatableCollection({ connection, vault: both }, SEALED_STAFF, world.county)
    const notes = rotatableCollection({ connection, vault: both }, SEALED_HAND_OVERS, world.county)
    expect(await rotateRecords(staff, { batchSize: 1 })).to.include({ seen: 1, rotated: 1 })
    expect(await rotateRecords(notes, { batchSize: 1 })).to.include({ seen: 1, rotated: 1 })

    const person = await world.staff.find(world.county, _id)
    expect(openStaffPhone(newest, person!)).to.equal('+8612320614999')
    expect(await pendingTotp({ ...world, vault: newest }, world.by(officer))).to.deep.equal(before)
    const [note] = await world.roster.handOvers(world.county, world.township, 1)
    expect(openNote(newest, note!)).to.equal('明早有人来取药')
    expect(await rotateRecords(staff)).to.include({ seen: 1, rotated: 0 })
    expect(await rotateRecords(notes)).to.include({ seen: 1, rotated: 0 })
  })
})
