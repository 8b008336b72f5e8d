import type { Sender } from '../../../scripts/torture/ledger-clients.ts'
import { createSender } from '../../../scripts/torture/ledger-clients.ts'
import type { BookingProcess } from '../../../scripts/torture/ledger-process.ts'
import { startBooking } from '../../../scripts/torture/ledger-process.ts'
import type { LedgerWorld } from '../../../scripts/torture/ledger-world.ts'
import { openWorld } from '../../../scripts/torture/ledger-world.ts'
import { withDatabase } from '../../../scripts/run/services-environment.ts'

/** Two booking processes on one ledger. */
export interface TwoProcesses {
  readonly world: LedgerWorld
  readonly processes: readonly [BookingProcess, BookingProcess]
  /** A sender that takes the two in turn. */
  sender(): Sender
  stop(): Promise<void>
}

/** The address of a database of its own for a test. */
export function ownDatabase(name: string): string {
  return withDatabase(process.env['MONGODB_URI']!, `jjn_test_${name}_${process.pid}`)
}

/** @param poolSize - connections of each process to the database */
export async function twoProcesses(name: string, poolSize?: number): Promise<TwoProcesses> {
  const world = await openWorld(ownDatabase(name))
  const options = poolSize === undefined ? {} : { poolSize }
  const processes = await Promise.all([startBooking(world.uri, options), startBooking(world.uri, options)])
  let turn = 0
  return {
    world,
    processes,
    sender: () =>
      createSender(world.county, () => {
        turn += 1
        return processes[turn % 2]!
      }),
    async stop() {
      for (const one of processes) one.kill()
      await Promise.all(processes.map(({ gone }) => gone))
      await world.close()
    },
  }
}
