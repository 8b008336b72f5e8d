import { fireDeadlineJob } from '../../workers/deadlines.worker.ts'
import { keepFiring } from '../../src/deadlines/index.ts'
import { createLog } from '../../src/platform/log.ts'
import { createQueues } from '../../src/platform/queues/index.ts'
import { COUNTY, openWorld } from './deadline-world.ts'

/**
 * A worker process that does nothing but fire deadlines, to be killed. Says `ready` on stdout; ends when standard input does, so that none is
 * left over when the torture itself is stopped.
 */
const [mongoUri = '', redisUrl = '', prefix = ''] = process.argv.slice(2)
const log = createLog('error')
const world = await openWorld(mongoUri, redisUrl, prefix)
const queues = createQueues({ redisUrl, prefix, log })

queues.process('deadlines', undefined, (payload) => fireDeadlineJob(world, payload))
keepFiring({
  ...world,
  log,
  counties: () => Promise.resolve([COUNTY]),
  wakeDeadline: ({ _id, county, version }, delayMs) =>
    queues.add('deadlines', { _id, county, version }, { delayMs, jobId: `${_id}/${version}` }),
})
await queues.ping()
process.stdin.resume().once('end', () => process.exit(0))
process.stdout.write('ready\n')
