import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { drawCash, makeLedgerKey, readLedgerKey, rotateLedgerKey, verifyLedger } from '../../../src/ledger/index.ts'
import { createKeyRing } from '../../../src/ledger/proof/key-ring.ts'
import type { LedgerKey } from '../../../src/ledger/proof/ledger-key.ts'
import { faultOfKeys } from '../../../src/ledger/proof/ledger-key.ts'
import { makeCheckpoint } from '../../../src/ledger/proof/make-checkpoint.ts'
import { DomainError } from '../../../src/shared/errors.ts'
import { fen } from '../../../src/shared/fen.ts'
import { provenLedger } from '../proven-ledger.ts'

describe('Ledger - rotate the signing key', function () {
  this.timeout(30_000)

  /** Keys of an installation of its own: those of the other tests stay as they are. */
  function ownKeys() {
    const keys: LedgerKey[] = []
    return {
      keys: () => Promise.resolve([...keys]),
      addKey: (key: LedgerKey) => {
        if (keys.some(({ no }) => no === key.no)) return Promise.resolve(false)
        keys.push(key)
        return Promise.resolve(true)
      },
    }
  }

  const keyFile = (name: string): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'ledger-keys-')), name)
    makeLedgerKey(file)
    return file
  }

  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
    )

  it('has the old key introduce the new one; what the old one signed stays true, and it signs no more', async () => {
    const real = await provenLedger()
    const checkpointStore = { ...real.checkpointStore, ...ownKeys() }
    const [oldFile, newFile] = [keyFile('old.pem'), keyFile('new.pem')]
    const old = { ...real, checkpointStore, keyRing: createKeyRing({ checkpointStore, clock: real.clock }, oldFile) }
    const first = await makeCheckpoint(old, real.county)
    const introduced = await rotateLedgerKey(old, old.keyRing, readLedgerKey(newFile))
    expect([introduced.no, introduced.signedBy]).to.deep.equal([2, first.key])

    await drawCash(real, { fundId: real.township, amountFen: fen(100) }, real.officer('K-1'))
    expect(await codeOf(makeCheckpoint(old, real.county))).to.equal('ledger.key_unknown')
    const renewed = { ...old, keyRing: createKeyRing({ checkpointStore, clock: real.clock }, newFile) }
    const second = await makeCheckpoint(renewed, real.county)
    expect(second.key).to.equal(introduced.fingerprint)

    const keys = await checkpointStore.keys()
    expect(faultOfKeys(keys, keys.slice(0, 1))).to.equal(undefined)
    const proof = { ...real, checkpointStore }
    const outside = { kept: [first, second], trusted: keys.slice(0, 1) }
    expect((await verifyLedger(real.ledger, { county: real.county, proof, ...outside })).faults).to.deep.equal([])
  })

  it('refuses a key that was introduced before, a key nobody introduced, and a file that is no key', async () => {
    const real = await provenLedger()
    const checkpointStore = { ...real.checkpointStore, ...ownKeys() }
    const services = { checkpointStore, clock: real.clock }
    const [file, stranger] = [keyFile('one.pem'), keyFile('stranger.pem')]
    const ring = createKeyRing(services, file)
    await ring.signer()
    expect(await codeOf(rotateLedgerKey(services, ring, readLedgerKey(file)))).to.equal('ledger.key_used')
    expect(await codeOf(createKeyRing(services, stranger).signer())).to.equal('ledger.key_unknown')
    expect(() => readLedgerKey('/nowhere/key.pem')).to.throw(/^LEDGER_KEY_FILE: .*Ed25519/)
  })
})
