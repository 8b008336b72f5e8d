import type { Command } from './command.ts'
import type { FundId } from './fund.ts'
import { fundOfEntry } from './entry.ts'
import { countyFundId, readFundId } from './fund.ts'
import { fundOfHold } from './hold.ts'

/** The fund a command names. */
export function fundOf(command: Command): FundId {
  if ('holdId' in command) return fundOfHold(command.holdId)
  return 'entryId' in command ? fundOfEntry(command.entryId) : command.fundId
}

/** Every fund whose head a command may change, in the order in which heads are taken. */
export function fundsOf(command: Command): FundId[] {
  const fundId = fundOf(command)
  const parts = readFundId(fundId)
  const county = parts ? [countyFundId(parts.county)] : []
  switch (command.do) {
    case 'order-appropriation':
    case 'issue-goods':
    case 'replenish':
    case 'settle-claims':
    case 'take-over-debt':
    case 'raise-quota':
    case 'lower-quota':
    case 'pay-return':
    case 'hand-over-surplus':
      return inOrder([fundId, ...county])
    case 'fund-subfund':
    case 'return-subfund':
    case 'reverse-entry':
      return inOrder([fundId, ...(parts?.parent ? [parts.parent] : []), ...county])
    default:
      return [fundId]
  }
}

/** Each fund once, in the order in which heads are taken, so that two transactions never wait for each other. */
export function inOrder(fundIds: readonly FundId[]): FundId[] {
  return [...new Set(fundIds)].sort()
}
