import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { DomainError } from '../../shared/errors.ts'
import type { Clock } from '../../shared/clock.ts'
import type { CheckpointStore } from './checkpoint-store.ts'
import type { Signer } from './ed25519.ts'
import { fingerprintOf, newPrivateKeyPem, signerFromPem } from './ed25519.ts'
import type { LedgerKey } from './ledger-key.ts'
import { introduceKey } from './ledger-key.ts'

/** The key that signs, and that it may. */
export interface KeyRing {
  /**
   * The signer of this installation.
   *
   * The first key ever introduces itself; every later one must have been introduced by the one before it.
   *
   * @throws DomainError `ledger.key_unknown` when the key in the file is not the newest of the list
   */
  signer(): Promise<{ readonly signer: Signer; readonly key: LedgerKey }>
}

/** @param file - PEM with an Ed25519 private key; read when first needed */
export function createKeyRing(
  services: { readonly checkpointStore: CheckpointStore; readonly clock: Clock },
  file: string,
): KeyRing {
  const { checkpointStore, clock } = services
  let read: Signer | undefined

  return {
    async signer() {
      read ??= readLedgerKey(file)
      const fingerprint = fingerprintOf(read.publicKey)
      const known = await checkpointStore.keys()
      if (known.length === 0) await checkpointStore.addKey(introduceKey(read, read, clock.now().toISOString()))
      const newest = (known.length === 0 ? await checkpointStore.keys() : known).at(-1)
      if (newest?.fingerprint === fingerprint) return { signer: read, key: newest }
      throw new DomainError('ledger.key_unknown', 'The key file is not the newest introduced key', { fingerprint })
    },
  }
}

/** @throws Error in one line that says what to do */
export function readLedgerKey(file: string): Signer {
  try {
    return signerFromPem(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = (error as Error).message
    throw new Error(`LEDGER_KEY_FILE: ${file} 不是 Ed25519 私钥 · is no Ed25519 private key (${why})`, { cause: error })
  }
}

/** Makes a key file for its owner alone, unless there is one. */
export function makeLedgerKey(file: string): void {
  if (existsSync(file)) return
  try {
    writeFileSync(file, newPrivateKeyPem(), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/**
 * Introduces a new key by the present one. From then on only the new one signs; what the old one signed stays true.
 *
 * @throws DomainError `ledger.key_unknown` when the present key is not the newest, `ledger.key_used` when the new one is known already
 */
export async function rotateLedgerKey(
  services: { readonly checkpointStore: CheckpointStore; readonly clock: Clock },
  present: KeyRing,
  next: Signer,
): Promise<LedgerKey> {
  const { signer, key } = await present.signer()
  const known = await services.checkpointStore.keys()
  const fingerprint = fingerprintOf(next.publicKey)
  if (known.some((found) => found.fingerprint === fingerprint))
    throw new DomainError('ledger.key_used', 'The new key was introduced before', { fingerprint })
  const introduced = introduceKey(next, { no: key.no, signer }, services.clock.now().toISOString())
  if (await services.checkpointStore.addKey(introduced)) return introduced
  throw new DomainError('ledger.key_unknown', 'Somebody else introduced a key meanwhile', { fingerprint })
}
