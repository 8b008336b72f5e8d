/** A tree of folded names, packed into typed arrays: nodes are numbers, 0 is the root, -1 is "no such name". */
export interface Trie {
  /** The node for `text`, made when it is new. Only before `walk`s begin in earnest. */
  add(text: string): number
  /** The node one unit further, or -1. */
  step(node: number, unit: number): number
  /** How many nodes there are. */
  size(): number
}

/**
 * Makes an empty tree. Edges lie in one open-addressed table keyed by node and unit, at most half full, so a step is one
 * or two reads and 100,000 names cost about 8 MB.
 */
export function createTrie(): Trie {
  const fromRoot = new Int32Array(0x10000).fill(-1)
  let keys = new Float64Array(1024).fill(-1)
  let targets = new Int32Array(1024)
  let mask = 1023
  let nodes = 1
  let edges = 0

  return {
    add(text) {
      let node = 0
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i)
        const next = step(node, unit)
        node = next === -1 ? insert(node, unit) : next
      }
      return node
    },
    step,
    size: () => nodes,
  }

  function step(node: number, unit: number): number {
    if (node === 0) return fromRoot[unit] ?? -1
    const key = node * 0x10000 + unit
    for (let slot = hash(node, unit) & mask; ; slot = (slot + 1) & mask) {
      const found = keys[slot]
      if (found === key) return targets[slot] ?? -1
      if (found === -1) return -1
    }
  }

  function insert(node: number, unit: number): number {
    const made = nodes++
    if (node === 0) {
      fromRoot[unit] = made
      return made
    }
    if (++edges * 2 > mask) grow()
    place(node * 0x10000 + unit, hash(node, unit), made)
    return made
  }

  function place(key: number, from: number, target: number): void {
    let slot = from & mask
    while (keys[slot] !== -1) slot = (slot + 1) & mask
    keys[slot] = key
    targets[slot] = target
  }

  function grow(): void {
    const [oldKeys, oldTargets] = [keys, targets]
    mask = mask * 2 + 1
    keys = new Float64Array(mask + 1).fill(-1)
    targets = new Int32Array(mask + 1)
    oldKeys.forEach((key, slot) => {
      if (key !== -1) place(key, hash(Math.floor(key / 0x10000), key % 0x10000), oldTargets[slot] ?? -1)
    })
  }
}

function hash(node: number, unit: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
