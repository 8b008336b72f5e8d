import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { createMerkleTree, leafHash } from '../../../src/ledger/proof/merkle.ts'
import type { Digest, MerkleTree } from '../../../src/ledger/proof/merkle.ts'
import { verifyConsistency, verifyInclusion } from '../../../src/ledger/proof/merkle-proof.ts'

/** Leaves of the test vectors that implementations of RFC 6962 share. */
const KNOWN_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]

/** Roots of the first 1 to 8 of them. */
const KNOWN_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const MOST = 200

describe('Ledger - Merkle tree', () => {
  let tree: MerkleTree
  let roots: Digest[]

  before(() => {
    tree = createMerkleTree()
    roots = [tree.root()]
    for (let index = 0; index < MOST; index += 1) {
      tree.append(leafHash(Buffer.from(`entry ${index}`)))
      roots.push(tree.root())
    }
  })

  it('gives the roots that other implementations of RFC 6962 give', () => {
    const known = createMerkleTree()
    expect(known.root().toString('hex')).to.equal(createHash('sha256').digest('hex'))
    for (const [index, leaf] of KNOWN_LEAVES.entries()) {
      known.append(leafHash(Buffer.from(leaf, 'hex')))
      expect(known.root().toString('hex')).to.equal(KNOWN_ROOTS[index])
    }
  })

  it('still knows the root it had at every size', () => {
    for (const [size, root] of roots.entries()) expect(tree.root(size).equals(root), String(size)).to.equal(true)
  })

  it('gives the proofs that other implementations give', () => {
    const known = createMerkleTree()
    for (const leaf of KNOWN_LEAVES) known.append(leafHash(Buffer.from(leaf, 'hex')))
    expect(hex(known.inclusion(0, 8))).to.deep.equal([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
    expect(hex(known.consistency(6, 8))).to.deep.equal([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
  })

  it('proves every leaf in every tree up to 200, and nothing else', () => {
    for (let size = 1; size <= MOST; size += 1)
      for (let index = 0; index < size; index += 1) {
        const [leaf, root, proof] = [tree.leafAt(index), roots[size]!, tree.inclusion(index, size)]
        if (!verifyInclusion(leaf, index, size, proof, root)) expect.fail(`leaf ${index} of ${size}`)
        const wrong = (index * 7 + size) % size
        if (wrong !== index && verifyInclusion(leaf, wrong, size, proof, root)) expect.fail(`${index} at ${wrong}`)
        const mutant = mutants(proof)[(index + size) % Math.max(1, mutants(proof).length)]
        if (mutant && verifyInclusion(leaf, index, size, mutant, root)) expect.fail(`mutant of ${index} in ${size}`)
      }
  })

  it('proves that every tree up to 200 grew out of every smaller one', () => {
    for (let to = 0; to <= MOST; to += 1)
      for (let from = 0; from <= to; from += 1) {
        const proof = tree.consistency(from, to)
        if (!verifyConsistency(seen(from), seen(to), proof)) expect.fail(`${from} to ${to}`)
      }
  })

  it('refuses every mutated proof between all of them', () => {
    for (let to = 2; to <= MOST; to += 1)
      for (let from = 1; from < to; from += 1)
        for (const mutant of mutants(tree.consistency(from, to)))
          if (verifyConsistency(seen(from), seen(to), mutant)) expect.fail(`${from} to ${to}`)
  }).timeout(120_000)

  it('refuses another root at either end, and a tree that shrank', () => {
    for (let to = 2; to <= MOST; to += 1)
      for (let from = 1; from < to; from += 1) {
        const proof = tree.consistency(from, to)
        const forged = { size: to, root: flipped(roots[to]!, from % 32) }
        const other = { size: from, root: flipped(roots[from]!, to % 32) }
        if (verifyConsistency(seen(from), forged, proof)) expect.fail(`forged end ${from} to ${to}`)
        if (verifyConsistency(other, seen(to), proof)) expect.fail(`forged beginning ${from} to ${to}`)
        if (verifyConsistency(seen(to), seen(from), proof)) expect.fail(`shrunk from ${to} to ${from}`)
      }
  })

  it('refuses every mutated proof of a leaf', () => {
    for (const size of [1, 2, 3, 7, 8, 63, 64, 65, 127, 199, 200])
      for (let index = 0; index < size; index += 1)
        for (const mutant of mutants(tree.inclusion(index, size)))
          if (verifyInclusion(tree.leafAt(index), index, size, mutant, roots[size]!)) expect.fail(`${index}/${size}`)
  })

  it('refuses sizes and leaves it does not have', () => {
    for (const ask of [
      () => tree.root(MOST + 1),
      () => tree.root(-1),
      () => tree.root(1.5),
      () => tree.inclusion(5, 5),
      () => tree.inclusion(-1, 5),
      () => tree.consistency(6, 5),
      () => tree.leafAt(MOST),
    ])
      expect(ask).to.throw(RangeError)
  })

  function seen(size: number): { size: number; root: Digest } {
    return { size, root: roots[size]! }
  }
})

/** Proofs with one digest changed, taken out, doubled, or one too many. */
function mutants(proof: readonly Digest[]): Digest[][] {
  const changed = proof.flatMap((digest, at) => [
    proof.with(at, flipped(digest, at % 32)),
    proof.toSpliced(at, 1),
    proof.toSpliced(at, 0, digest),
  ])
  const swapped = proof.length > 1 ? [[...proof.slice(1), proof[0]!]] : []
  return [...changed, ...swapped, [...proof, leafHash(Buffer.from('more'))]]
}

function flipped(digest: Digest, at: number): Digest {
  const copy = Buffer.from(digest)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

function hex(digests: readonly Digest[]): string[] {
  return digests.map((digest) => digest.toString('hex'))
}
