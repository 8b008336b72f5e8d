import type { FundHead } from './fund.ts'
import { freeMoneyFen, isLow, lowWaterMarkFen } from './fund.ts'
import type { LowWater } from './ground.ts'

/** The news that a fund fell below its mark with this entry; nothing when it was low before or is not low now. */
export function fellLow(before: FundHead, after: FundHead): LowWater | undefined {
  if (isLow(before) || !isLow(after)) return undefined
  return {
    fundId: after.fundId,
    seq: after.seq,
    freeFen: freeMoneyFen(after),
    markFen: lowWaterMarkFen(after.terms),
  }
}
