import type { Entry } from '../entry.ts'
import type { LedgerStore } from '../ledger-store.ts'
import type { KeyRing } from '../proof/key-ring.ts'
import { replayFund } from './replay-fund.ts'
import { sealMonth } from './seal.ts'
import type { Seal } from './seal.ts'
import type { SealStore } from './seal-store.ts'
import { trialOfFund } from './trial-of-fund.ts'

export interface SealServices {
  readonly ledger: LedgerStore
  readonly seals: SealStore
  readonly keyRing: KeyRing
}

/** What a round of sealing did. */
export interface Sealed {
  readonly seals: readonly Seal[]
  /** Funds whose entries do not hold: nothing of them is sealed. */
  readonly broken: readonly { readonly fundId: string; readonly error: unknown }[]
}

/**
 * Seals every closed month of a county that has no seal: replays the fund to the month's end, checks every entry on the way, and signs
 * the trial balance.
 *
 * May die anywhere and run again, also twice at once: one seal comes out, always the same bytes.
 *
 * @throws DomainError `ledger.key_unknown`
 */
export async function sealMonths(services: SealServices, county: string): Promise<Sealed> {
  const { seals } = services
  const sealed = new Set((await seals.list(county)).map(({ fundId, period }) => `${fundId} ${period}`))
  const open = (await seals.closes(county)).filter(
    ({ fundId, close }) => close !== undefined && !sealed.has(`${fundId} ${close.period}`),
  )
  const added: Seal[] = []
  const broken: { fundId: string; error: unknown }[] = []
  for (const fundId of new Set(open.map((entry) => entry.fundId))) {
    const ofFund = open.filter((entry) => entry.fundId === fundId)
    try {
      added.push(...(await sealFund(services, fundId, ofFund)))
    } catch (error) {
      broken.push({ fundId, error })
    }
  }
  return { seals: added, broken }
}

async function sealFund({ ledger, seals, keyRing }: SealServices, fundId: string, closes: Entry[]): Promise<Seal[]> {
  const { signer } = await keyRing.signer()
  const ends = new Set(closes.flatMap(({ close }) => close?.seq ?? []))
  const last = Math.max(...closes.map(({ seq }) => seq))
  const heads = await replayFund(ledger.eachEntry(fundId, last), ends)
  const added: Seal[] = []
  for (const { county, close, seq, bookedAt } of closes) {
    const head = close && heads.get(close.seq)
    if (!head) throw new Error(`${fundId} has no entry ${close?.seq ?? ''}`)
    const month = { county, fundId, end: close, bySeq: seq, closedAt: bookedAt }
    added.push(await seals.add(sealMonth(month, trialOfFund(head), signer)))
  }
  return added
}
