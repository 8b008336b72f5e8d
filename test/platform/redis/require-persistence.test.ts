import { expect } from 'chai'
import { Redis } from 'ioredis'
import { requirePersistence } from '../../../src/platform/redis/index.ts'

describe('Platform - require persistence', () => {
  it('accepts one with an append-only file', async () => {
    const keeping = { info: () => Promise.resolve('# Persistence\r\nloading:0\r\naof_enabled:1\r\n') }
    const refusal = await requirePersistence(keeping).then(() => undefined, String)
    expect(refusal).to.equal(undefined)
  })

  it('reads what a real Redis says of itself', async () => {
    const redis = new Redis(process.env['REDIS_URL'] ?? '')
    const [, kept] = (await redis.config('GET', 'appendonly')) as string[]
    const outcome = await requirePersistence(redis).then(
      () => 'yes',
      () => 'no',
    )
    redis.disconnect()
    expect(outcome).to.equal(kept)
  })

  it('refuses one without an append-only file, in one line that says what to set', async () => {
    const forgetful = { info: () => Promise.resolve('# Persistence\r\nloading:0\r\naof_enabled:0\r\n') }
    const refusal = await requirePersistence(forgetful as never).catch(String)
    expect(refusal).to.include('appendonly yes')
    expect(refusal).not.to.include('\n')
  })

  it('refuses one that does not say how it persists', async () => {
    expect(await requirePersistence({ info: () => Promise.resolve('') }).catch(String)).to.include('Redis')
  })
})
