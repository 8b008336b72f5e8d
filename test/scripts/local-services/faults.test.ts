import { expect } from 'chai'
import { Redis } from 'ioredis'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Long, MongoClient, UUID } from 'mongodb'
import { startGateway } from '../../../scripts/local-services/gateway/start.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { FAULTS } from '../../../scripts/torture/gateway-faults.ts'
import { tortureGateway } from '../../../scripts/torture/gateway-rounds.ts'
import { eventually } from '../../support/database.ts'
import { connectRaw } from './gateway/raw-client.ts'
import { useOwnServices } from './own-services.ts'

describe('Local services - faults', function () {
  this.timeout(120_000)
  const own = useOwnServices('faults')

  for (const fault of FAULTS) {
    it(`survives a ${fault.name}: no commit lost, none doubled, none half`, async () => {
      const tally = await tortureGateway({ services: own.services, fault, rounds: 1, log: () => undefined })
      expect(tally.acknowledged).to.be.greaterThan(30)
      expect(tally.stored).to.be.at.least(tally.acknowledged)
    })
  }

  it('starts Redis again with what was written, and says so', async () => {
    const redis = new Redis(own.services.redisUrl)
    redis.on('error', () => undefined) // It is about to be killed; the client connects again by itself.
    await redis.set('kept', 'yes')
    await redis.call('WAITAOF', '1', '0', '2000')
    process.kill(own.services.pids().redis!, 'SIGKILL')
    const value = await eventually(
      'Redis to be back',
      () => redis.get('kept').then((text) => text ?? undefined),
      20_000,
    )
    expect(value).to.equal('yes')
    await eventually('a line about it', () =>
      Promise.resolve(own.said.some((line) => line.startsWith('Redis') && line.includes('stopped'))),
    )
    redis.disconnect()
  })

  it('gives a transaction up that lives too long, and tells its client to run it again', async () => {
    const port = await freePort()
    const postgresSocket = join(own.dataDir, 'services/run/.s.PGSQL.5432')
    const gateway = await startGateway({ port, postgresSocket, setName: 'rs0', lifetimeMs: 300, log: () => undefined })
    const uri = `mongodb://127.0.0.1:${port}/?replicaSet=rs0&retryWrites=false`
    const client = await new MongoClient(uri).connect()
    const counters = client.db('lifetime').collection<{ _id: string; n: number }>('counters')
    await counters.insertOne({ _id: 'a', n: 0 })

    const raw = await connectRaw(uri)
    const transaction = { lsid: { id: new UUID() }, txnNumber: new Long(1), autocommit: false, $db: 'lifetime' }
    const updates = [{ q: { _id: 'a' }, u: { $set: { n: 9 } } }]
    expect(await raw.command({ update: 'counters', updates, startTransaction: true, ...transaction })).to.include({
      ok: 1,
    })
    await counters.updateOne({ _id: 'a' }, { $inc: { n: 1 } })

    expect((await counters.findOne({ _id: 'a' }))?.n).to.equal(1)
    const late = await raw.command({ commitTransaction: 1, ...transaction, $db: 'admin' })
    expect(late).to.deep.include({ ok: 0, code: 251, errorLabels: ['TransientTransactionError'] })
    raw.close()
    await client.close()
    await gateway.stop()
  })

  it('ends a left-over of an earlier start, when that start did not end it', async () => {
    const { endLeftOvers } = await import('../../../scripts/local-services/run/left-over.ts')
    const { startChild } = await import('../../../scripts/local-services/run/child.ts')
    const mark = join(own.dataDir, 'left-over-mark')
    const file = (name: string): string => join(own.dataDir, name)
    const child = startChild({
      command: [process.execPath, '-e', 'setInterval(() => 0, 1000)', mark],
      logFile: file('left.log'),
      pidFile: file('left.pid'),
      stopSignal: 'TERM',
    })
    await eventually('its process id', () => Promise.resolve(child.pid() || undefined))
    const told: string[] = []
    await endLeftOvers([mark], (line) => told.push(line))
    await child.ended
    expect(told[0]).to.contain(String(child.pid()))
  })

  it('listens on this machine only', async () => {
    const { networkInterfaces } = await import('node:os')
    const outside = Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).filter(({ internal, family }) => !internal && family === 'IPv4'),
    )
    for (const url of [own.services.mongoUri, own.services.redisUrl]) {
      const port = Number(/:(\d+)/.exec(url.replace(/^\w+:/, ''))?.[1])
      for (const { address } of outside) expect(await accepts(port, address), `${address}:${port}`).to.equal(false)
      expect(await accepts(port, '127.0.0.1')).to.equal(true)
    }
  })
})

function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1_000 }, () => finish(true))
    socket.once('error', () => finish(false))
    socket.once('timeout', () => finish(false))

    function finish(open: boolean): void {
      socket.destroy()
      resolve(open)
    }
  })
}
