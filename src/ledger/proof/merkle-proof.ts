import type { Digest } from './merkle.ts'
import { nodeHash } from './merkle.ts'

/**
 * Whether a leaf stands at an index in the tree of a size with this root.
 *
 * Source: RFC 9162, 2.1.3.2.
 *
 * @param leaf - the leaf's hash
 */
export function verifyInclusion(
  leaf: Digest,
  index: number,
  size: number,
  proof: readonly Digest[],
  root: Digest,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else hash = nodeHash(hash, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && hash.equals(root)
}

/** A tree somebody has seen. */
export interface SeenTree {
  readonly size: number
  readonly root: Digest
}

/**
 * Whether a tree grew out of a smaller one: every leaf the smaller had still stands where it stood.
 *
 * Source: RFC 9162, 2.1.4.2; the empty tree is the beginning of every tree.
 */
export function verifyConsistency(from: SeenTree, to: SeenTree, proof: readonly Digest[]): boolean {
  if (!isCount(from.size) || !isCount(to.size) || from.size > to.size) return false
  if (from.size === to.size) return proof.length === 0 && from.root.equals(to.root)
  if (from.size === 0) return proof.length === 0
  const path = isPowerOfTwo(from.size) ? [from.root, ...proof] : proof
  const [first, ...others] = path
  if (!first || proof.length === 0) return false
  let [at, last] = [from.size - 1, to.size - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  let [older, newer] = [first, first]
  for (const sibling of others) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      ;[older, newer] = [nodeHash(sibling, older), nodeHash(sibling, newer)]
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else newer = nodeHash(newer, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && older.equals(from.root) && newer.equals(to.root)
}

function isCount(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0
}

function isOdd(number: number): boolean {
  return number % 2 === 1
}

function half(number: number): number {
  return Math.floor(number / 2)
}

function isPowerOfTwo(number: number): boolean {
  return Number.isInteger(Math.log2(number))
}
