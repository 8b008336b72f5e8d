import type { Registry } from 'prom-client'
import { Gauge } from 'prom-client'
import type { CaseStore } from '../cases/index.ts'

interface MeasuredServices {
  readonly cases: CaseStore
  readonly counties: () => Promise<readonly string[]>
}

/** Shows on `/metrics` how many open cases nobody answers for. Above zero somebody must act at once. Left out while the database does not answer. */
export function measureOwners({ cases, counties }: MeasuredServices, registry: Registry): void {
  const gauge = new Gauge({
    name: 'jiujinan_cases_without_owner',
    help: 'Open cases for which nobody answers',
    labelNames: ['county'] as const,
    registers: [registry],
    async collect() {
      this.reset()
      for (const county of await counties().catch(() => [])) {
        const unowned = await cases.unownedNos(county).catch(() => undefined)
        if (unowned) gauge.set({ county }, unowned.length)
      }
    },
  })
}
