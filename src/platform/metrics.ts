import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

/** What `/metrics` shows. */
export interface Metrics {
  readonly registry: Registry
  readonly requests: Histogram<'method' | 'audit' | 'status'>
  readonly announced: Counter<'county'>
  /** Above zero somebody must look at once: a posting would have broken the book of a fund. */
  readonly brokenBooks: Counter<'county'>
}

/** Counters and histograms of one process, beside Node's own. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'jiujinan_request_seconds',
    help: 'Time to answer a request, by what the access log calls it',
    labelNames: ['method', 'audit', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const announced = new Counter({
    name: 'jiujinan_announced_total',
    help: 'Facts announced to screens and reactions',
    labelNames: ['county'] as const,
    registers: [registry],
  })
  const brokenBooks = new Counter({
    name: 'jiujinan_ledger_broken_books_total',
    help: 'Funds frozen because a posting would have broken their book',
    labelNames: ['county'] as const,
    registers: [registry],
  })
  return { registry, requests, announced, brokenBooks }
}
