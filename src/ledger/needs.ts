import type { Command } from './command.ts'
import type { FundId } from './fund.ts'
import { countyFundId, readFundId } from './fund.ts'
import { fundOfHold } from './hold.ts'

/** The fund a command names. */
export function fundOf(command: Command): FundId {
  return 'holdId' in command ? fundOfHold(command.holdId) : command.fundId
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
      return inOrder([fundId, ...county])
    case 'fund-subfund':
    case 'return-subfund':
      return inOrder([fundId, ...(parts?.parent ? [parts.parent] : []), ...county])
    default:
      return [fundId]
  }
}

/** Each fund once, in the order in which heads are taken, so that two transactions never wait for each other. */
export function inOrder(fundIds: readonly FundId[]): FundId[] {
  return [...new Set(fundIds)].sort()
}
