import { expect } from 'chai'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createHold } from '../../../../scripts/local-services/run/hold.ts'

describe('Local services - hold', function () {
  this.timeout(20_000)
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hold-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is given to one at a time', async () => {
    const first = await createHold(join(folder, 'lock'))
    expect(first).to.not.equal(undefined)
    expect(await createHold(join(folder, 'lock'))).to.equal(undefined)
    await first?.release()
    const second = await createHold(join(folder, 'lock'))
    expect(second).to.not.equal(undefined)
    await second?.release()
  })

  it('is waited for when asked to', async () => {
    const first = await createHold(join(folder, 'lock'))
    let waited = false
    const second = createHold(join(folder, 'lock'), { wait: () => (waited = true) })
    setTimeout(() => void first?.release(), 1_300)
    await (await second).release()
    expect(waited).to.equal(true)
  })

  it('ends with a process that is killed', async () => {
    const module = new URL('../../../../scripts/local-services/run/hold.ts', import.meta.url).href
    const code = `const { createHold } = await import('${module}'); await createHold('${join(folder, 'lock')}')
      console.log('held'); setInterval(() => 0, 1000)`
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
    const holder = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    expect(await createHold(join(folder, 'lock'))).to.equal(undefined)
    holder.kill('SIGKILL')
    const after = await createHold(join(folder, 'lock'))
    expect(after).to.not.equal(undefined)
    await after?.release()
  })
})
