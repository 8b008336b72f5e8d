import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import type { FundHead } from '../fund.ts'
import type { LedgerStore } from '../ledger-store.ts'
import type { Seal } from '../periods/seal.ts'
import type { Checkpoint } from '../proof/checkpoint.ts'
import type { LedgerKey } from '../proof/ledger-key.ts'
import type { Cosignature } from '../proof/proof-model.ts'
import { exportLedger } from '../verify/export-files.ts'
import type { ProofStores } from '../verify/gather-proof.ts'
import type { Verdict } from '../verify/verifier.ts'
import { verifyLedger } from '../verify/verify-ledger.ts'
import { tarFolder } from './tar-folder.ts'

/** What the auditor's view works with. */
export interface AuditServices extends ProofStores {
  readonly ledger: LedgerStore
  readonly clock: Clock
}

/** Everything an auditor compares with what he keeps himself. */
export interface LedgerOverview {
  readonly funds: readonly FundHead[]
  readonly seals: readonly Seal[]
  /** Newest first. */
  readonly checkpoints: readonly Checkpoint[]
  readonly cosignatures: readonly Cosignature[]
  readonly keys: readonly LedgerKey[]
}

/** Checkpoints shown on the page; the export has all. */
const SHOWN = 31

/** A county's ledger as its auditor sees it. */
export async function ledgerOverview(services: AuditServices, county: string): Promise<LedgerOverview> {
  const { ledger, seals, checkpointStore } = services
  return {
    funds: await ledger.headsOf(county),
    seals: await seals.list(county),
    checkpoints: await checkpointStore.list(county, SHOWN),
    cosignatures: await checkpointStore.cosignatures(county),
    keys: await checkpointStore.keys(),
  }
}

/** Most entries verified or exported while somebody waits. */
const MOST_ENTRIES = 200_000

/**
 * Verifies a county's ledger at once: every entry, seal and checkpoint.
 *
 * @throws DomainError `ledger.too_large` when it takes longer than a person waits; the command does it then
 */
export async function verifyCounty(services: AuditServices, county: string): Promise<Verdict> {
  await requireSmall(services, county)
  return verifyLedger(services.ledger, { county, proof: services })
}

/**
 * A county's whole ledger with its proofs as one archive, to be verified without us by `npm run verify-ledger -- --from`.
 *
 * @throws DomainError `ledger.too_large`
 */
export async function exportCounty(
  services: AuditServices,
  county: string,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await requireSmall(services, county)
  const at = services.clock.now().toISOString()
  const name = `ledger-${county}-${at.slice(0, 10)}`
  const place = await mkdtemp(join(tmpdir(), 'ledger-export-'))
  try {
    const folder = join(place, name)
    await exportLedger(services.ledger, folder, at, { county, proof: services })
    return { name: `${name}.tar.gz`, bytes: await tarFolder(folder, name) }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function requireSmall({ ledger }: AuditServices, county: string): Promise<void> {
  const entries = (await ledger.headsOf(county)).reduce((sum, { seq }) => sum + seq, 0)
  if (entries > MOST_ENTRIES)
    throw new DomainError('ledger.too_large', `${entries} entries take too long to wait for`, { entries })
}
