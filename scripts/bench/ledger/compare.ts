import type { BenchRow } from '../row.ts'
import { percentiles } from '../row.ts'
import type { Contender, Run } from './contender.ts'
import { runClients } from './contender.ts'

/** Runs of each contender. Source: ledger research 5.3. */
export const RUNS = 7

/** Advances a first run is prepared for, per second; later runs follow what the one before them needed. */
const FIRST_GUESS = 400

/** More is prepared than the last run made, so that a faster one does not end early. */
const MARGIN = 1.5

/** All runs of one contender at one point. */
export interface Series {
  readonly perSecond: readonly number[]
  readonly durations: readonly number[]
}

/** A point of the comparison: how many funds, how many clients, and for how long all runs together last. */
export interface Point {
  readonly funds: number
  readonly clients: number
  readonly seconds: number
}

/** Runs contenders in turn, again and again, so that whatever else the machine does falls on all of them alike. */
export async function interleave(contenders: readonly Contender[], point: Point): Promise<Series[]> {
  const runs = contenders.map((): Run[] => [])
  const seconds = point.seconds / RUNS
  for (let turn = 0; turn < RUNS; turn += 1) {
    for (const [index, contender] of contenders.entries()) {
      const before = runs[index]?.at(-1)?.perSecond ?? FIRST_GUESS
      const advances = Math.ceil(before * MARGIN * seconds) + point.clients
      runs[index]?.push(await runClients(contender, point.funds, point.clients, seconds, advances))
    }
  }
  return runs.map((ofOne) => ({
    perSecond: ofOne.map(({ perSecond }) => perSecond),
    durations: ofOne.flatMap(({ durations }) => durations),
  }))
}

/** A row from our series: the median of its runs with their range, and percentiles over every advance of every run. */
export function rowOf(name: string, { perSecond, durations }: Series): BenchRow {
  return {
    name,
    perSecond: Math.round(median(perSecond)),
    slowestRun: Math.round(Math.min(...perSecond)),
    fastestRun: Math.round(Math.max(...perSecond)),
    ...percentiles(durations),
    rssMb: Math.round(process.memoryUsage().rss / 1e6),
    lost: 0,
  }
}

/** How many times as fast as another: the median of the runs made side by side. Two decimals. */
export function ratio(ours: Series, other: Series): number {
  return round(median(pairs(ours, other)))
}

/** The lowest and the highest of them. */
export function ratioRange(ours: Series, other: Series): string {
  const all = pairs(ours, other)
  return `${round(Math.min(...all))}–${round(Math.max(...all))}`
}

function pairs(ours: Series, other: Series): number[] {
  return ours.perSecond.map((perSecond, run) => perSecond / (other.perSecond[run] ?? NaN))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
