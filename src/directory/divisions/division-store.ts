import type { Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import { canonicalDivisionCode } from '../../shared/division-code.ts'
import { createCountyCache } from '../county-cache.ts'
import type { Division } from './division.ts'
import { isInForce } from './division.ts'
import { divisionModels } from './division-model.ts'

/** A division as routing asks for it. */
export interface DivisionInForce extends Omit<Division, 'responsibleUnit'> {
  readonly code: string
  readonly isPseudoUnit: boolean
  readonly responsibleUnit: string | undefined
}

/** Reads and writes the division list. */
export interface DivisionStore {
  find(code: string): Promise<Division | undefined>
  /**
   * The division a code means at a moment: itself, or the one it went into. Undefined when the code is unknown, ended
   * without a successor, or was split, so that nobody can say which part is meant.
   */
  inForce(code: string, at: Date): Promise<DivisionInForce | undefined>
  /** What lies directly below, in the order of codes: the townships of a county, the villages of a township. */
  below(code: string): Promise<Division[]>
  /** All divisions, for the matcher and for planning an import. */
  all(tx?: Tx): Promise<Division[]>
  /** Counts up with every import that changed something, 0 before the first. */
  version(): Promise<number>
  /** Writes divisions as a step of an import and counts the version up; two imports at once conflict here. */
  save(added: readonly Division[], replaced: readonly Division[], tx: Tx): Promise<number>
  /** Makes the next question see a change of this process at once. */
  forget(): void
  /** Whether the database holds any division at all. */
  isEmpty(): Promise<boolean>
}

/** How long another process's import may stay unseen. Milliseconds. */
const KEPT_MS = 2_000

/** Divisions written by one command. */
const BATCH = 1_000

/** Steps from an ended code to its successor; no chain of real changes is longer. */
const MAX_STEPS = 10

function* batches(divisions: readonly Division[]): Iterable<Division[]> {
  for (let from = 0; from < divisions.length; from += BATCH) yield divisions.slice(from, from + BATCH)
}

export function createDivisionStore(connection: Connection): DivisionStore {
  const models = divisionModels(connection)
  const divisions = native(models.divisions)
  const heads = native(models.heads)
  const makeCache = () => createCountyCache<Division | null>((code) => divisions.findOne({ _id: code }), KEPT_MS)
  let cache = makeCache()

  return {
    find,
    async inForce(asked, at) {
      let found = await find(canonicalDivisionCode(asked) ?? '')
      for (let step = 0; found && !isInForce(found, at); step += 1) {
        const [successor, ...others] = found.successors
        if (successor === undefined || others.length > 0 || step === MAX_STEPS) return undefined
        found = await find(successor)
      }
      if (!found) return undefined
      const { _id: code, kind, responsibleUnit } = found
      return { ...found, code, isPseudoUnit: kind === 'pseudo_unit', responsibleUnit: responsibleUnit ?? undefined }
    },
    async below(code) {
      const length = code.length + (code.length >= 6 ? 3 : 2)
      const range = { $gte: code, $lt: `${code}:` }
      const found = await divisions.find({ _id: range }).sort({ _id: 1 }).toArray()
      return found.filter(({ _id }) => _id.length === length)
    },
    async all(tx) {
      return divisions.find({}, tx ? { session: tx.session } : {}).toArray()
    },
    async version() {
      return (await heads.findOne({ _id: 'divisions' }))?.version ?? 0
    },
    async save(added, replaced, tx) {
      for (const batch of batches(added)) await divisions.insertMany(batch, { session: tx.session })
      for (const batch of batches(replaced)) {
        const operations = batch.map((division) => ({
          replaceOne: { filter: { _id: division._id }, replacement: division },
        }))
        await divisions.bulkWrite(operations, { session: tx.session })
      }
      const head = await heads.findOne({ _id: 'divisions' }, { session: tx.session })
      const version = (head?.version ?? 0) + 1
      const next = { _id: 'divisions' as const, version, at: tx.at }
      if (head) await heads.replaceOne({ _id: 'divisions', version: head.version }, next, { session: tx.session })
      else await heads.insertOne(next, { session: tx.session })
      return version
    },
    forget: () => void (cache = makeCache()),
    async isEmpty() {
      return (await divisions.findOne({}, { projection: { _id: 1 } })) === null
    },
  }

  async function find(code: string): Promise<Division | undefined> {
    return code === '' ? undefined : ((await cache.of(code)) ?? undefined)
  }
}
