import type { InTransaction } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import type { ParsedDivisions } from './division-csv.ts'
import { divisionsImported } from './division-events.ts'
import { problemText } from './division-problems.ts'
import type { DivisionStore } from './division-store.ts'
import { planImport } from './plan-import.ts'

export interface ImportDivisionsServices {
  readonly divisions: DivisionStore
  readonly inTransaction: InTransaction
}

/** What an import did. */
export interface ImportedDivisions {
  readonly added: number
  readonly changed: number
  readonly ended: number
  readonly unchanged: number
  /** Version of the list afterwards. */
  readonly version: number
}

/**
 * Brings a file of divisions into the database: all of it or nothing.
 *
 * The plan is made inside the transaction from what stands there then, so two imports at once cannot mix. A second run
 * of the same file changes nothing and writes nothing.
 *
 * @throws DomainError `divisions.refused` with one line per problem, when any row cannot be taken
 */
export async function importDivisions(
  services: ImportDivisionsServices,
  parsed: ParsedDivisions,
  by: By,
): Promise<ImportedDivisions> {
  const { divisions, inTransaction } = services
  const imported = await inTransaction(by, async (tx) => {
    const plan = planImport(parsed, await divisions.all(tx))
    if (plan.refused.length > 0) {
      throw new DomainError('divisions.refused', `${plan.refused.length} rows were refused; nothing was written`, {
        problems: plan.refused.map(problemText),
      })
    }
    const counts = {
      added: plan.added.length,
      changed: plan.changed.length,
      ended: plan.ended.length,
      unchanged: plan.unchanged,
    }
    const replaced = [...plan.changed, ...plan.ended].map(({ after }) => after)
    if (plan.added.length + replaced.length === 0) return { ...counts, version: await divisions.version() }
    const version = await divisions.save(plan.added, replaced, tx)
    tx.announce(divisionsImported({ ...counts, version }))
    return { ...counts, version }
  })
  divisions.forget()
  return imported
}
