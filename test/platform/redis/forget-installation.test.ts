import { expect } from 'chai'
import type { Redis } from 'ioredis'
import { createQueues } from '../../../src/platform/queues/index.ts'
import { forgetInstallation, openRedis } from '../../../src/platform/redis/index.ts'

const url = process.env['REDIS_URL'] ?? ''
const log = { warn: () => undefined, error: () => undefined }

describe('Platform - forget installation', () => {
  const own = `forget_${process.pid}`
  const other = `forget_${process.pid}_other`
  const opened: Redis[] = []

  const installation = async (name: string): Promise<Redis> => {
    const redis = openRedis(url, name, log)
    opened.push(redis)
    await redis.set('session:1', 'somebody')
    const queues = createQueues({ redisUrl: url, prefix: name, log })
    await queues.add('deadlines', { _id: 'a' })
    await queues.close()
    return redis
  }
  const keysOf = async (redis: Redis, name: string): Promise<number> =>
    (await redis.keys(`${name}:*`)).length + (await redis.keys(`{${name}:*`)).length

  after(async () => {
    for (const redis of opened) redis.disconnect()
    const redis = openRedis(url, other, log)
    await forgetInstallation(redis, other)
    redis.disconnect()
  })

  it('removes sessions and queues of one and leaves its neighbour on the same Redis alone', async () => {
    const redis = await installation(own)
    const neighbour = await installation(other)
    const before = await keysOf(neighbour, other)
    expect(await keysOf(redis, own)).to.be.above(1)
    await forgetInstallation(redis, own)
    expect(await keysOf(redis, own)).to.equal(0)
    expect(await keysOf(neighbour, other)).to.equal(before)
    expect(await neighbour.get('session:1')).to.equal('somebody')
  })

  it('takes a name as it is written, not as a pattern', async () => {
    const neighbour = await installation(other)
    await forgetInstallation(neighbour, 'forget*')
    expect(await neighbour.get('session:1')).to.equal('somebody')
  })
})
