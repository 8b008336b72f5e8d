import type { CaseRecord } from '../cases/index.ts'
import { announceCase } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { Tx } from '../journal/index.ts'
import type { Policies } from '../policy/index.ts'
import type { AidStore } from './aid-store.ts'
import { startSupplementClock } from './supplement-clock.ts'

interface AfterEmergencyServices {
  readonly aid: AidStore
  readonly deadlines: Deadlines
  readonly policies: Policies
}

/** When the emergency has ended, the papers of every advance already paid fall due; a corrected end moves their clocks. */
export async function afterEmergencyEnded(
  services: AfterEmergencyServices,
  tx: Tx,
  ended: CaseRecord,
): Promise<CaseRecord> {
  const { endedAt } = ended.emergency
  const decisions = await services.aid.ofCase(tx.county, ended.no, tx.session)
  let changed = ended
  for (const decision of decisions.filter(({ state }) => state === 'PAID'))
    if (endedAt) changed = await startSupplementClock(services, tx, changed, decision, endedAt)
  if (changed !== ended)
    announceCase(tx, changed, 'aid.supplement_due', {
      dueAt: changed.nearestDueAt?.toISOString(),
      staffId: changed.responsible.staffId,
    })
  return changed
}
