import { hash } from 'node:crypto'

/** A SHA-256 digest, 32 bytes. */
export type Digest = Buffer

/** What an empty tree is called. Source: RFC 9162, 2.1.1. */
const EMPTY = hash('sha256', '', 'buffer')

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** The hash of a leaf: `SHA256(0x00 || data)`. Source: RFC 9162, 2.1.1. */
export function leafHash(data: Uint8Array): Digest {
  return hash('sha256', Buffer.concat([LEAF, data]), 'buffer')
}

/** The hash of two subtrees: `SHA256(0x01 || left || right)`. Source: RFC 9162, 2.1.1. */
export function nodeHash(left: Digest, right: Digest): Digest {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer')
}

/** A Merkle tree that only grows, and every tree it was before. */
export interface MerkleTree {
  size(): number
  /** @param leaf - a leaf's hash */
  append(leaf: Digest): void
  leafAt(index: number): Digest
  /** The root of the tree's first leaves. @throws RangeError when it has not so many */
  root(size?: number): Digest
  /** That a leaf stands in the tree of a size. Source: RFC 9162, 2.1.3. */
  inclusion(index: number, size?: number): Digest[]
  /** That the tree of a size grew out of a smaller one. Source: RFC 9162, 2.1.4. */
  consistency(from: number, to?: number): Digest[]
}

/** An empty tree. Appending hashes each full subtree once; a root or proof then takes some tens of hashes, however many leaves. */
export function createMerkleTree(): MerkleTree {
  /** `full[k][i]` is the subtree over the leaves `i·2^k` to `(i+1)·2^k`. */
  const full: Digest[][] = [[]]
  const count = (): number => full[0]?.length ?? 0

  return {
    size: count,
    append(leaf) {
      let node = leaf
      for (let level = 0; ; level += 1) {
        const row = (full[level] ??= [])
        row.push(node)
        if (row.length % 2 === 1) return
        node = nodeHash(row[row.length - 2] as Digest, node)
      }
    },
    leafAt: (index) => at(0, index),
    root(size = count()) {
      requireSize(size)
      return size === 0 ? EMPTY : subtree(0, size)
    },
    inclusion(index, size = count()) {
      requireSize(size)
      if (!Number.isInteger(index) || index < 0 || index >= size) throw new RangeError(`No leaf ${index} in ${size}`)
      return path(index, 0, size)
    },
    consistency(from, to = count()) {
      requireSize(to)
      if (!Number.isInteger(from) || from < 0 || from > to) throw new RangeError(`No tree of ${from} in ${to}`)
      return from === 0 || from === to ? [] : subproof(from, 0, to, true)
    },
  }

  function requireSize(size: number): void {
    if (!Number.isInteger(size) || size < 0 || size > count())
      throw new RangeError(`No tree of ${size}, it has ${count()}`)
  }

  function at(level: number, index: number): Digest {
    const found = full[level]?.[index]
    if (!found) throw new RangeError(`No leaf ${index * 2 ** level}`)
    return found
  }

  /** The subtree over `size` leaves from `start`, which is a multiple of a power of two not below `size`. */
  function subtree(start: number, size: number): Digest {
    const level = Math.log2(size)
    if (Number.isInteger(level)) return at(level, start / size)
    const left = largestPowerBelow(size)
    return nodeHash(subtree(start, left), subtree(start + left, size - left))
  }

  function path(index: number, start: number, size: number): Digest[] {
    if (size === 1) return []
    const left = largestPowerBelow(size)
    return index < left
      ? [...path(index, start, left), subtree(start + left, size - left)]
      : [...path(index - left, start + left, size - left), subtree(start, left)]
  }

  function subproof(from: number, start: number, size: number, isWhole: boolean): Digest[] {
    if (from === size) return isWhole ? [] : [subtree(start, size)]
    const left = largestPowerBelow(size)
    return from <= left
      ? [...subproof(from, start, left, isWhole), subtree(start + left, size - left)]
      : [...subproof(from - left, start + left, size - left, false), subtree(start, left)]
  }
}

/** The largest power of two smaller than a number above one. */
function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}
