/** A ledger that takes part in the comparison. */
export interface Contender {
  readonly name: string
  /** Fresh books with money in them, and everything an advance needs that is not part of it. */
  prepare(funds: number, advances: number): Promise<Round>
}

/** The advances of one run, spread evenly over its funds. */
export interface Round {
  /** The next advance to make; nothing when all are made. */
  next(): (() => Promise<void>) | undefined
  /** What the database itself says was advanced in this run. Fen. */
  storedFen(): Promise<number>
}

/** What every advance pays. Fen. */
export const ADVANCE_FEN = 100

/** What one run gave. */
export interface Run {
  readonly perSecond: number
  /** Of every advance, its waiting included. Milliseconds. */
  readonly durations: readonly number[]
}

/**
 * Lets clients make advances one after the other, without a pause, until the time is over or none is left.
 *
 * @throws Error when what was acknowledged is not what was stored
 */
export async function runClients(
  { name, prepare }: Contender,
  funds: number,
  clients: number,
  seconds: number,
  advances: number,
): Promise<Run> {
  const round = await prepare(funds, advances)
  const durations: number[] = []
  const startedAt = performance.now()
  const until = startedAt + seconds * 1_000
  const client = async (): Promise<void> => {
    for (let advance = round.next(); advance; advance = performance.now() < until ? round.next() : undefined) {
      const sentAt = performance.now()
      await advance()
      durations.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const elapsed = (performance.now() - startedAt) / 1_000
  const storedFen = await round.storedFen()
  if (storedFen !== durations.length * ADVANCE_FEN)
    throw new Error(
      `bench ledger: 账实不符 · ${name} acknowledged ${durations.length * ADVANCE_FEN} fen, stored ${storedFen}`,
    )
  return { perSecond: durations.length / elapsed, durations }
}
