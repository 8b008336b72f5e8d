import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLedgerProof, makeLedgerKey, proofModels } from '../../src/ledger/index.ts'
import type { CloseRules, LedgerProof, ProvingServices } from '../../src/ledger/index.ts'
import { migrate } from '../../src/platform/mongo/index.ts'
import type { RealLedger } from './real-ledger.ts'
import { realLedger } from './real-ledger.ts'

/** A county's ledger on the real database with everything that proves it. */
export type ProvenLedger = RealLedger &
  LedgerProof &
  ProvingServices & {
    /** What the bank still has to explain, set by a test. */
    readonly unexplained: { lines: number }
  }

/** Days a promise may wait before a close asks for it. */
export const HELD_DAYS = 5

let keyFile: string | undefined

/** The key file of this test process: one installation has one key. */
export function testKeyFile(): string {
  keyFile ??= join(mkdtempSync(join(tmpdir(), 'ledger-key-')), 'ledger-key.pem')
  makeLedgerKey(keyFile)
  return keyFile
}

/** A county with a budget and one township fund of this sum, with seals and checkpoints. */
export async function provenLedger(fundFen = 1_000_000): Promise<ProvenLedger> {
  const real = await realLedger(fundFen)
  proofModels(real.connection)
  await migrate(real.connection)
  return withProof(real)
}

/** Proofs beside a ledger: as another process would open them. */
export function withProof(real: RealLedger): ProvenLedger {
  const clock = { now: () => real.clock.at }
  const proof: LedgerProof = createLedgerProof({ connection: real.connection, clock }, testKeyFile())
  const unexplained = { lines: 0 }
  const closeRules: CloseRules = {
    heldDays: () => Promise.resolve(HELD_DAYS),
    unexplainedLines: () => Promise.resolve(unexplained.lines),
  }
  return {
    ...real,
    ...proof,
    clock: Object.assign(real.clock, clock),
    closeRules,
    closeDay: () => Promise.resolve(5),
    log: { warn: () => undefined, error: () => undefined },
    unexplained,
  }
}
