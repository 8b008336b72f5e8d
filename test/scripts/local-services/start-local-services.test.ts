import { expect } from 'chai'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Redis } from 'ioredis'
import { defaultPrefix, startLocalServices } from '../../../scripts/local-services/index.ts'
import type { LocalServices } from '../../../scripts/local-services/index.ts'
import { eventually } from '../../support/database.ts'
import { connectClient, failureOf } from './gateway/gateway-client.ts'

describe('Local services - start', function () {
  this.timeout(300_000)
  const shared = resolve(process.env['DATA_DIR'] ?? 'var')
  const dataDir = join(shared, 'own', `start-${process.pid}`)
  const prefixDir = defaultPrefix(shared)
  const start = (): Promise<LocalServices> => startLocalServices({ dataDir, prefixDir, log: () => undefined })

  after(() => rm(dataDir, { recursive: true, force: true }))

  it('keeps data and addresses from one start to the next', async () => {
    const first = await start()
    const client = await connectClient({}, first.mongoUri)
    await client.db('kept').collection('things').insertOne({ n: 1 })
    await client.close()
    const redis = new Redis(first.redisUrl)
    await redis.set('kept', 'yes')
    await redis.quit()
    await first.stop()

    const second = await start()
    expect([second.mongoUri, second.redisUrl]).to.deep.equal([first.mongoUri, first.redisUrl])
    const again = await connectClient({}, second.mongoUri)
    expect(await again.db('kept').collection('things').distinct('n')).to.deep.equal([1])
    await again.close()
    const redisAgain = new Redis(second.redisUrl)
    expect(await redisAgain.get('kept')).to.equal('yes')
    await redisAgain.quit()
    await second.stop()
  })

  it('gives tests an empty database each time, and leaves no data behind', async () => {
    const folder = join(shared, 'own', `scratch-${process.pid}`)
    for (let times = 0; times < 2; times += 1) {
      const services = await startLocalServices({ dataDir: folder, prefixDir, scratch: true, log: () => undefined })
      const client = await connectClient({}, services.mongoUri)
      const things = client.db('scratch').collection('things')
      expect(await things.countDocuments()).to.equal(0)
      await things.insertOne({ n: 1 })
      await client.close()
      await services.stop()
    }
    expect(existsSync(join(folder, 'services/data'))).to.equal(false)
    await rm(folder, { recursive: true, force: true })
  })

  it('serves one start at a time', async () => {
    const first = await start()
    expect(await failureOf(start())).to.include({ name: 'Refusal', code: 'data.in_use' })
    await first.stop()
  })

  it('leaves nothing running when it stops, nor when it is killed, and starts again at once', async () => {
    const first = await start()
    const pids = Object.values(first.pids())
    expect(pids).to.have.lengthOf(3)
    await first.stop()
    expect(pids.filter(isRunning)).to.deep.equal([])

    const killed = await startElsewhere({ dataDir, prefixDir })
    expect(killed.pids.every(isRunning)).to.equal(true)
    killed.kill()
    const third = await start()
    await eventually(
      "the killed start's processes to be gone",
      () => Promise.resolve(!killed.pids.some(isRunning)),
      20_000,
    )
    await third.stop()
  })
})

/** Starts services from another process, which can be killed. */
async function startElsewhere(options: object): Promise<{ pids: number[]; kill: () => void }> {
  const module = new URL('../../../scripts/local-services/index.ts', import.meta.url).href
  const code = `const { startLocalServices } = await import('${module}')
    const services = await startLocalServices({ ...${JSON.stringify(options)}, log: () => undefined })
    console.log(JSON.stringify(Object.values(services.pids()))); setInterval(() => 0, 1000)`
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const child = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const died = once(child, 'exit').then(() => Promise.reject(new Error('The other start ended by itself')))
  const [line] = (await Promise.race([once(child.stdout, 'data'), died])) as [Buffer]
  died.catch(() => undefined)
  return { pids: JSON.parse(line.toString()) as number[], kill: () => child.kill('SIGKILL') }
}

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}
