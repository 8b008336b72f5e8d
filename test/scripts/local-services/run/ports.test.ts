import { expect } from 'chai'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { choosePorts } from '../../../../scripts/local-services/run/ports.ts'

describe('Local services - ports', () => {
  let folder: string
  const file = (): string => join(folder, 'ports.json')

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ports-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('chooses two once and keeps them', async () => {
    const first = await choosePorts(file(), () => undefined)
    expect(first.gateway).to.not.equal(first.redis)
    expect(await choosePorts(file(), () => undefined)).to.deep.equal(first)
  })

  it('chooses another for one that is taken, says so, and keeps the other', async () => {
    const first = await choosePorts(file(), () => undefined)
    const squatter = createServer().listen(first.redis, '127.0.0.1')
    await once(squatter, 'listening')
    const said: string[] = []
    const second = await choosePorts(file(), (line) => said.push(line))
    squatter.close()
    expect(second.gateway).to.equal(first.gateway)
    expect(second.redis).to.not.equal(first.redis)
    expect(said).to.have.lengthOf(1)
    expect(said[0]).to.contain(String(first.redis))
  })

  it('starts over when what it remembered cannot be read', async () => {
    await writeFile(file(), '{"gateway": 2')
    const chosen = await choosePorts(file(), () => undefined)
    expect(chosen.gateway).to.be.within(20_000, 29_999)
  })
})
