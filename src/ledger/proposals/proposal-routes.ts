import type { z } from 'zod'
import type { ApiRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import type { LedgerServices } from '../act-on-fund.ts'
import { requireFundPermission } from '../act-on-fund.ts'
import { entryId } from '../entry.ts'
import { given } from '../given.ts'
import {
  approvalSchema,
  chargeSchema,
  countDifferenceSchema,
  debtSchema,
  donationUseSchema,
  freezeSchema,
  recoverySchema,
  refusalReasonSchema,
  replenishSchema,
  reversalSchema,
  settleSchema,
  sumSchema,
  valueOf,
} from '../ledger-forms.ts'
import { FUND_PERMISSIONS } from '../ledger-permissions.ts'
import { proposeRefund } from '../replenish-proposal.ts'
import { approveProposal, refuseProposal } from './decide-proposal.ts'
import type { ProposableName, ProposedCommand } from './proposal.ts'
import { PROPOSABLE } from './proposal.ts'
import { proposalView } from './proposal-view.ts'
import { propose } from './propose.ts'

/** Proposals a list shows. */
const LIST_LIMIT = 100

type Params = Readonly<Record<string, string>>

/** What needs a second person: asking for it, reading it, agreeing and refusing. */
export function declareProposals(api: ApiRouter, services: LedgerServices): void {
  const see = mayAct(FUND_PERMISSIONS, 'fund.see')

  /** One kind of proposal by one address: its body, read by its schema, becomes the command. */
  function declare<Schema extends z.ZodType>(
    path: string,
    summary: string,
    [name, schema]: readonly [ProposableName, Schema],
    commandOf: (params: Params, body: z.output<Schema>) => ProposedCommand,
  ): void {
    api.post(
      `/funds/:id/${path}`,
      {
        summary,
        guard: mayAct(FUND_PERMISSIONS, PROPOSABLE[name].propose),
        audit: `fund.propose_${name}`,
        body: schema,
        status: 201,
      },
      ({ params, body, by }) => propose(services, commandOf(params, body as z.output<Schema>), by),
    )
  }

  api.post(
    '/funds/:id/replenishments',
    {
      summary: 'Propose that the county refunds confirmed claims: all of them, or line by line',
      guard: mayAct(FUND_PERMISSIONS, 'fund.propose-refund'),
      audit: 'fund.propose_replenish',
      body: replenishSchema,
      status: 201,
    },
    ({ params, body: { expectedFen, lines }, by }) =>
      proposeRefund(services, { fundId: idOf(params), expectedFen, lines: lines?.map(given) }, by),
  )

  declare(
    'settlements',
    'Propose to settle claims without refund',
    ['settle-claims', settleSchema],
    (params, body) => ({
      do: 'settle-claims',
      fundId: idOf(params),
      ...given(body),
    }),
  )
  declare('thaw', 'Propose to allow postings again', ['thaw-fund', freezeSchema], (params, body) => ({
    do: 'thaw-fund',
    fundId: idOf(params),
    ...body,
  }))
  declare('recoveries', 'Propose to recover an expense', ['order-recovery', recoverySchema], (params, body) => ({
    do: 'order-recovery',
    fundId: idOf(params),
    ...given(body),
  }))
  declare('write-offs', 'Propose to write a debt off', ['write-off', debtSchema], (params, body) => ({
    do: 'write-off',
    fundId: idOf(params),
    ...given(body),
  }))
  for (const [path, name] of [
    ['quota-raises', 'raise-quota'],
    ['quota-cuts', 'lower-quota'],
  ] as const)
    declare(path, 'Propose to change the fixed sum of a fund', [name, sumSchema], (params, body) => ({
      do: name,
      fundId: idOf(params),
      ...given(body),
    }))
  for (const [path, name] of [
    ['shortages', 'book-shortage'],
    ['surpluses', 'book-surplus'],
  ] as const)
    declare(path, 'Propose to book a count difference', [name, countDifferenceSchema], (params, body) => ({
      do: name,
      fundId: idOf(params),
      ...given(body),
      amountFen: valueOf(body),
    }))
  declare('charges', 'Propose that a keeper makes good', ['charge-shortage', chargeSchema], (params, body) => ({
    do: 'charge-shortage',
    fundId: idOf(params),
    ...given(body),
  }))
  declare('surpluses-handed-over', 'Propose to hand over', ['hand-over-surplus', sumSchema], (params, body) => ({
    do: 'hand-over-surplus',
    fundId: idOf(params),
    ...given(body),
  }))
  declare('donation-uses', 'Propose to pay donated money', ['pay', donationUseSchema], (params, body) => {
    const { caseNo, ...others } = given(body)
    const purpose = { use: 'donation', caseNo } as const
    return { do: 'pay', fundId: idOf(params), account: 'd_bank', purpose, ...others }
  })
  declare('entries/:seq/reversal', 'Propose to undo an entry', ['reverse-entry', reversalSchema], (params, body) => ({
    do: 'reverse-entry',
    entryId: entryId(idOf(params), Number(params['seq'])),
    ...given(body),
  }))

  api.get(
    '/funds/:id/proposals',
    { summary: 'What waits for a second person in a fund, and what was decided', guard: see, audit: 'fund.proposals' },
    async ({ actor, params }) => {
      const fundId = visible(actor, idOf(params))
      const found = await services.ledger.proposals.ofFund(actor.county, fundId, LIST_LIMIT)
      return { items: found.map((one) => proposalView(one, actor)), next: null }
    },
  )

  api.get(
    '/funds/:id/proposals/:proposal',
    { summary: 'One proposal', guard: see, audit: 'fund.proposal' },
    async ({ actor, params }) => {
      const fundId = visible(actor, idOf(params))
      const found = await services.ledger.proposals.find(actor.county, params['proposal'] ?? '')
      if (found?.fundId !== fundId) throw new DomainError('proposal.not_found', 'No such proposal')
      return proposalView(found, actor)
    },
  )

  api.post(
    '/funds/:id/proposals/:proposal/approval',
    { summary: 'Agree: it is booked', guard: see, audit: 'fund.approve', body: approvalSchema, status: 201 },
    ({ params, body, by }) => approveProposal(services, { ...ofProposal(params, by), digest: body.digest }, by),
  )

  api.post(
    '/funds/:id/proposals/:proposal/refusal',
    { summary: 'Refuse, or take back', guard: see, audit: 'fund.refuse', body: refusalReasonSchema, status: 201 },
    ({ params, body, by }) => refuseProposal(services, { ...ofProposal(params, by), reason: body.reason }, by),
  )
}

/** The proposal an address names, of a fund its reader may see. */
function ofProposal(params: Params, by: By): { proposalId: string } {
  visible(by.actor, idOf(params))
  return { proposalId: params['proposal'] ?? '' }
}

function idOf(params: Params): string {
  return params['id'] ?? ''
}

/** @throws DomainError `fund.forbidden` */
function visible(actor: By['actor'], fundId: string): string {
  requireFundPermission('fund.see', fundId, { actor })
  return fundId
}
