import type { Entry, HoldNote } from '../entry.ts'
import type { Hold } from '../hold.ts'
import { holdAfter } from '../hold-rules.ts'
import { demand } from './fault.ts'
import type { ReplayedFund } from './replayed-fund.ts'

const KIND_OF_CHANGE: Readonly<Record<HoldNote['change'], Entry['kind']>> = {
  placed: 'hold.placed',
  posted: 'aid.paid',
  voided: 'hold.voided',
  expired: 'hold.expired',
}

/** Checks that holds are placed by their own entry and resolved once, for what was promised, and keeps the list of them. */
export function checkHoldNote({ holds }: ReplayedFund, entry: Entry): void {
  const note = entry.hold
  demand(!entry.kind.startsWith('hold.') || note !== undefined, 'hold', 'it names no hold')
  if (!note) return
  demand(KIND_OF_CHANGE[note.change] === entry.kind, 'hold', `${entry.kind} cannot leave a hold ${note.change}`)
  const before = holds.get(note.id)
  if (note.change === 'placed') {
    demand(note.id === entry._id && note.purpose !== undefined, 'hold', 'placed under a foreign id or for nothing')
    demand(note.amountFen > 0, 'hold', 'nothing is held')
  } else checkResolved(before, note, entry)
  const after = holdAfter(entry, before)
  if (after) holds.set(note.id, after)
}

function checkResolved(before: Hold | undefined, note: HoldNote, entry: Entry): void {
  demand(before?.status === 'pending', 'hold', `${note.id} is ${before?.status ?? 'unknown'}`)
  const isSame = before.account === note.account && before.amountFen === note.amountFen
  demand(isSame, 'hold', `${note.id} was promised otherwise`)
  const { type, id } = before.source
  demand(entry.source.type === type && entry.source.id === id, 'hold', `${note.id} came from another source`)
  const paid = entry.legs.reduce((sum, leg) => sum + (leg.a === note.account ? leg.c : 0), 0)
  demand(note.change !== 'posted' || (paid > 0 && paid <= note.amountFen), 'hold', `${note.id} paid ${paid}`)
  demand(
    note.change !== 'expired' ||
      (before.expiresAt !== undefined && new Date(entry.bookedAt) >= new Date(before.expiresAt)),
    'hold',
    `${note.id} expired early`,
  )
}
