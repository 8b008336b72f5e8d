import type { Registry } from 'prom-client'
import { Gauge } from 'prom-client'
import type { Queues } from './queues.ts'

/** Shows on `/metrics` how many jobs each queue holds, by state. Left out while Redis does not answer. */
export function measureQueues(queues: Queues, registry: Registry): void {
  const gauge = new Gauge({
    name: 'jiujinan_queue_jobs',
    help: 'Jobs in a queue, by state',
    labelNames: ['queue', 'state'] as const,
    registers: [registry],
    async collect() {
      this.reset()
      const health = await queues.health().catch(() => [])
      for (const { name, ...counts } of health)
        for (const [state, jobs] of Object.entries(counts)) gauge.set({ queue: name, state }, jobs)
    },
  })
}
