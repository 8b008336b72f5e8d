import { expect } from 'chai'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requireSpace } from '../../../../scripts/local-services/setup/disk-space.ts'
import { preparePrefix } from '../../../../scripts/local-services/setup/prefix.ts'
import { startLocalServices } from '../../../../scripts/local-services/index.ts'
import { failureOf } from '../gateway/gateway-client.ts'

describe('Local services - refusals', function () {
  this.timeout(60_000)
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'services-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('names the room that is needed when the disk is full', async () => {
    const failure = await failureOf(requireSpace(folder, 999_999_999))
    expect(failure).to.include({ name: 'Refusal', code: 'disk.full' })
    expect(failure.message).to.contain('999999999 MB').and.to.contain(folder)
  })

  it('says so in one line when the mirror cannot be reached, and leaves nothing that looks ready', async () => {
    const mirror = 'http://127.0.0.1:9/debian'
    const failure = await failureOf(preparePrefix({ folder: join(folder, 'prefix'), mirror, log: () => undefined }))
    expect(failure).to.include({ name: 'Refusal', code: 'mirror.unreachable' })
    expect(failure.message).to.contain('DEBIAN_MIRROR').and.to.contain('MONGODB_URI')
    expect(failure.message).to.not.contain('\n')
    expect(await readdir(join(folder, 'prefix'))).to.deep.equal([])
  })

  it('touches nothing when database and Redis run elsewhere', async () => {
    const given = { mongoUri: 'mongodb://db.example/x', redisUrl: 'redis://r.example' }
    const services = await startLocalServices({ dataDir: join(folder, 'data'), ...given, log: () => undefined })
    expect(services).to.include(given)
    await services.stop()
    expect(await readdir(folder)).to.deep.equal([])
  })
})
