import { z } from 'zod'
import type { PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import { formView, presenterOf } from '../../platform/views/index.ts'
import { DomainError } from '../../shared/errors.ts'
import type { LedgerServices } from '../act-on-fund.ts'
import { requireFundPermission } from '../act-on-fund.ts'
import { approvalSchema } from '../ledger-forms.ts'
import { FUND_PERMISSIONS } from '../ledger-permissions.ts'
import { REASONS } from '../move-fields.ts'
import { approveProposal, refuseProposal } from './decide-proposal.ts'
import { proposalPage } from './proposal-page.ts'
import { proposalView } from './proposal-view.ts'

const refuseFormSchema = z.object({ reason: z.enum(REASONS, 'ledger:form.reasonMissing') })

/** The page on which a second person checks what was proposed, and the two answers. */
export function declareProposalPages(pages: PageRouter, services: LedgerServices): void {
  const see = mayAct(FUND_PERMISSIONS, 'fund.see')

  pages.get('/funds/:id/proposals/:proposal', { guard: see, audit: 'fund.proposal' }, (context) => show(context))

  pages.post(
    '/funds/:id/proposals/:proposal/approve',
    { guard: see, audit: 'fund.approve', form: approvalSchema },
    async (context) => {
      const { form, by } = context
      if (!form.ok) throw new DomainError('proposal.stale', 'The page does not say what was seen')
      const { fundId, proposal } = await found(context)
      await approveProposal(services, { proposalId: proposal.id, digest: form.values.digest }, by)
      return { redirect: `/funds/${fundId}`, flash: { key: 'ledger:flash.approved' } }
    },
    (refusal, context) => show(context, { refusal }),
  )

  pages.post(
    '/funds/:id/proposals/:proposal/refuse',
    { guard: see, audit: 'fund.refuse', form: refuseFormSchema },
    async (context) => {
      const { form, by } = context
      if (!form.ok) return { ...(await show(context, { values: form.typed, errors: form.errors })), status: 400 }
      const { fundId, proposal } = await found(context)
      await refuseProposal(services, { proposalId: proposal.id, reason: form.values.reason }, by)
      return { redirect: `/funds/${fundId}`, flash: { key: 'ledger:flash.refused' } }
    },
    (refusal, context) => show(context, { refusal }),
  )

  async function show(context: PageContext, form: Parameters<typeof formView>[1] = {}) {
    const { actor, res } = context
    const { proposal, fundName } = await found(context)
    const present = presenterOf(res)
    const parts = { proposal: proposalView(proposal, actor), fundName }
    return { view: 'ledger/proposal', model: proposalPage(parts, present, formView(present, form)) }
  }

  async function found({ actor, params }: PageContext) {
    const fundId = params['id'] ?? ''
    requireFundPermission('fund.see', fundId, { actor })
    const { ledger } = services
    const proposal = await ledger.proposals.find(actor.county, params['proposal'] ?? '')
    const head = await ledger.head(actor.county, fundId)
    if (!head || proposal?.fundId !== fundId) throw new DomainError('proposal.not_found', 'No such proposal')
    return { fundId, proposal, fundName: head.name }
  }
}
