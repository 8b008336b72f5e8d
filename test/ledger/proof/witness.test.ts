import { spawn } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Express } from 'express'
import { drawCash, makeCheckpoint } from '../../../src/ledger/index.ts'
import { readCheckpointText } from '../../../src/ledger/proof/checkpoint.ts'
import { cosign, cosignedAt } from '../../../src/ledger/proof/cosignature.ts'
import { signerFromPem } from '../../../src/ledger/proof/ed25519.ts'
import { verifyInclusion } from '../../../src/ledger/proof/merkle-proof.ts'
import { leafOfHash } from '../../../src/ledger/proof/county-tree.ts'
import {
  isNoteSignedBy,
  noteKeyId,
  readNote,
  readSignature,
  signText,
  writeNote,
} from '../../../src/ledger/proof/signed-note.ts'
import { fen } from '../../../src/shared/fen.ts'
import { anActor } from '../../support/actors.ts'
import { aSigner } from '../paper-proof.ts'
import type { ProvenLedger } from '../proven-ledger.ts'
import { provenLedger } from '../proven-ledger.ts'
import { provingWeb } from '../proving-web.ts'
import { commandArgs } from '../../support/command.ts'

/** Key of RFC 8032, 7.1, test 1, as PEM. */
const RFC_KEY = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
`

describe('Ledger - signed notes', () => {
  it('names a key as the documentation of signed notes does', () => {
    const encoded = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64')
    expect(noteKeyId({ name: 'PeterNeumann', publicKey: encoded.subarray(1) }, 'ed25519')).to.equal('c74f20a3')
  })

  it('signs as RFC 8032 does', () => {
    const signer = signerFromPem(RFC_KEY)
    expect(signer.publicKey.toString('hex')).to.equal(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    )
    expect(signer.sign(Buffer.alloc(0)).toString('hex')).to.equal(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    )
  })

  it('reads what it wrote, and believes no other text and no other key', () => {
    const [signer, other] = [aSigner(), aSigner()]
    const text = 'example/log\n3\nroot\n'
    const note = writeNote({ text, signatures: [signText(text, 'example/log', signer)] })
    const read = readNote(note)!
    expect(writeNote(read)).to.equal(note)
    const key = { name: 'example/log', publicKey: signer.publicKey }
    expect(isNoteSignedBy(read, key)).to.equal(true)
    expect(isNoteSignedBy({ ...read, text: 'example/log\n4\nroot\n' }, key)).to.equal(false)
    expect(isNoteSignedBy(read, { ...key, publicKey: other.publicKey })).to.equal(false)
    expect(isNoteSignedBy(read, { ...key, name: 'example/other' })).to.equal(false)
    for (const broken of ['', 'text', 'text\n', 'text\n\nno signature\n', note.slice(0, -1), note.replace('— ', '- ')])
      expect(readNote(broken), broken).to.equal(undefined)
  })

  it('cosigns a time and a text together', () => {
    const signer = aSigner()
    const at = new Date('2026-12-01T08:00:00Z')
    const line = cosign('text\n', 'w1', signer, at)
    const key = { name: 'w1', publicKey: signer.publicKey }
    expect(cosignedAt('text\n', line, key)).to.deep.equal(at)
    expect(cosignedAt('other\n', line, key)).to.equal(undefined)
    const later = { ...line, bytes: Buffer.from(line.bytes) }
    later.bytes[7] = (later.bytes[7] ?? 0) ^ 1
    expect(cosignedAt('text\n', later, key)).to.equal(undefined)
  })
})

describe('Ledger - witness', function () {
  this.timeout(60_000)
  let real: ProvenLedger
  let web: Express
  let server: Server
  let url: string
  let state: string

  beforeEach(async () => {
    real = await provenLedger()
    await makeCheckpoint(real, real.county)
    web = provingWeb(real, { as: anActor(real.county, 'auditor', real.county) })
    server = createServer(web).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    state = join(await mkdtemp(join(tmpdir(), 'witness-')), 'state.json')
  })

  afterEach(() => new Promise((resolve) => server.close(resolve)))

  /** The command as an auditor runs it. */
  function witness(): Promise<{ code: number | null; output: string }> {
    const args = [...commandArgs('witness'), '--url', url, '--state', state]
    const child = spawn('node', args, { env: { PATH: process.env['PATH'] } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)))
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
  }

  const grow = async () => {
    await drawCash(real, { fundId: real.township, amountFen: fen(100) }, real.officer('K-1'))
    return makeCheckpoint(real, real.county)
  }

  it('cosigns what grew, again and again, and its statement comes back with the checkpoint', async () => {
    const first = await witness()
    expect([first.code, first.output]).to.satisfy(
      ([code, output]: [number, string]) => code === 0 && output.includes('已见证'),
    )
    for (let round = 0; round < 3; round += 1) await grow()
    expect((await witness()).code).to.equal(0)
    const newest = (await real.checkpointStore.newest(real.county))!
    const [cosignature, ...more] = await real.checkpointStore.cosignatures(real.county, newest.size)
    expect(more).to.deep.equal([])
    const { name, publicKey, line } = cosignature!
    const key = { name, publicKey: Buffer.from(publicKey, 'base64') }
    expect(cosignedAt(readNote(newest.note)!.text, readSignature(line)!, key)).to.be.instanceOf(Date)
    expect((await witness()).code, 'nothing new is no fault').to.equal(0)
  })

  it('refuses a ledger that shrank, loudly, and remembers what it saw', async () => {
    await grow()
    await witness()
    const seen = await readFile(state, 'utf8')
    const { size } = (await real.checkpointStore.newest(real.county))!
    await real.connection.db!.collection('ledger_checkpoints').deleteOne({ county: real.county, size })
    const { code, output } = await witness()
    expect(code).to.equal(1)
    expect(output)
      .to.include('账目变短了')
      .and.to.include(`shrank from ${size} to ${size - 1}`)
    expect(await readFile(state, 'utf8')).to.equal(seen)
  })

  it('refuses a ledger that was rewritten under it', async () => {
    await witness()
    await grow()
    const saved = JSON.parse(await readFile(state, 'utf8')) as { logs: Record<string, { root: string }> }
    for (const log of Object.values(saved.logs)) log.root = Buffer.alloc(32, 7).toString('base64')
    await writeFile(state, JSON.stringify(saved))
    const { code, output } = await witness()
    expect(code).to.equal(1)
    expect(output).to.include('账目被改写').and.to.include('did not grow out of')
    expect(await real.checkpointStore.cosignatures(real.county)).to.have.length(1)
  })

  it('refuses a ledger that signs with a key it does not know, and one that is gone', async () => {
    await witness()
    const saved = JSON.parse(await readFile(state, 'utf8')) as {
      logs: Record<string, { keys: { publicKey: string }[] }>
    }
    for (const log of Object.values(saved.logs)) log.keys[0]!.publicKey = aSigner().publicKey.toString('base64')
    saved.logs['jiujinan/reserve-fund/000000'] = Object.values(saved.logs)[0]!
    await writeFile(state, JSON.stringify(saved))
    expect((await witness()).output).to.include('账目不见了')
    delete saved.logs['jiujinan/reserve-fund/000000']
    await writeFile(state, JSON.stringify(saved))
    expect((await witness()).output).to.include('公钥不可信')
  })

  it('says in one line what it needs', async () => {
    const child = spawn('node', [...commandArgs('witness'), '--url', 'nowhere'], {
      env: { PATH: process.env['PATH'] },
    })
    let output = ''
    child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)))
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect([code, output.trim().split('\n').length]).to.deep.equal([1, 1])
  })

  it('keeps no statement that is not the witness’s own, nor one about a checkpoint that is none of ours', async () => {
    const { size, note } = (await real.checkpointStore.newest(real.county))!
    const signer = aSigner()
    const { text } = readNote(note)!
    const send = (body: object) =>
      fetch(`${url}/api/v1/ledger/logs/${real.county}/cosignatures`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'a-key-of-a-witness' },
        body: JSON.stringify(body),
      })
    const bytes = cosign(`${text}more\n`, 'w1', signer, new Date()).bytes
    const keyId = noteKeyId({ name: 'w1', publicKey: signer.publicKey }, 'cosignature')
    const line = `— w1 ${Buffer.concat([Buffer.from(keyId, 'hex'), bytes]).toString('base64')}`
    const body = { size, name: 'w1', publicKey: signer.publicKey.toString('base64'), line }
    expect((await send(body)).status).to.equal(422)
    expect((await send({ ...body, size: size + 1 })).status).to.equal(404)
    expect((await send({ ...body, publicKey: 'x' })).status).to.equal(400)
    expect(await real.checkpointStore.cosignatures(real.county)).to.deep.equal([])
  })

  it('hands out an inclusion proof that anybody can check', async () => {
    const { size } = await grow()
    const found = (await (await fetch(`${url}/api/v1/ledger/inclusion?fundId=${real.township}&seq=2`)).json()) as {
      index: number
      size: number
      hash: string
      proof: string[]
      note: string
    }
    const entry = (await real.ledger.entry(real.county, real.township, 2))!
    const { root } = readCheckpointText(readNote(found.note)!.text)!
    const proof = found.proof.map((digest) => Buffer.from(digest, 'base64'))
    expect([found.hash, found.size <= size]).to.deep.equal([entry.hash, true])
    expect(verifyInclusion(leafOfHash(entry.hash), found.index, found.size, proof, root)).to.equal(true)
    const wrong = await fetch(`${url}/api/v1/ledger/logs/${real.county}/consistency?from=5&to=99999`)
    expect(wrong.status).to.equal(404)
  })
})
