import { z } from 'zod'
import type { ApiRouter, PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import { formView, presenterOf } from '../../platform/views/index.ts'
import type { DomainError } from '../../shared/errors.ts'
import { PERIOD_PERMISSIONS } from '../periods/period-permissions.ts'
import type { Verdict } from '../verify/verifier.ts'
import type { AuditServices } from './audit-ledger.ts'
import { exportCounty, ledgerOverview, verifyCounty } from './audit-ledger.ts'
import { auditPage } from './audit-page.ts'

const audit = mayAct(PERIOD_PERMISSIONS, 'ledger.audit')
const take = mayAct(PERIOD_PERMISSIONS, 'ledger.export')

/** The auditor's view of a county's ledger. It reads, verifies and takes away; it changes nothing. Source: M099. */
export function declareAuditPages(pages: PageRouter, services: AuditServices): void {
  pages.get('/audit', { guard: audit, audit: 'ledger.audit' }, (context) => show(context))

  pages.post(
    '/audit',
    { guard: audit, audit: 'ledger.verify', form: z.object({}) },
    async (context) => show(context, { verdict: await verifyCounty(services, context.actor.county) }),
    (refusal, context) => show(context, { refusal }),
  )

  pages.get('/audit/export', { guard: take, audit: 'ledger.export' }, async ({ actor, res }) => {
    const { name, bytes } = await exportCounty(services, actor.county)
    res.set({ 'Content-Type': 'application/gzip', 'Content-Disposition': `attachment; filename="${name}"` }).send(bytes)
    return { sent: true }
  })

  pages.get('/audit/checkpoints', { guard: audit, audit: 'ledger.checkpoints' }, async ({ actor, res }) => {
    const lines = (await services.checkpointStore.list(actor.county)).map((found) => `${JSON.stringify(found)}\n`)
    const name = `checkpoints-${actor.county}.ndjson`
    res
      .set({ 'Content-Type': 'application/x-ndjson', 'Content-Disposition': `attachment; filename="${name}"` })
      .send(lines.join(''))
    return { sent: true }
  })

  async function show(
    { actor, res }: PageContext,
    found: { readonly verdict?: Verdict; readonly refusal?: DomainError } = {},
  ) {
    const present = presenterOf(res)
    const overview = await ledgerOverview(services, actor.county)
    const form = formView(present, found.refusal ? { refusal: found.refusal } : {})
    return { view: 'ledger/audit', model: auditPage(overview, found.verdict, actor, present, form) }
  }
}

/** The same through the API. */
export function declareAuditRoutes(api: ApiRouter, services: AuditServices): void {
  api.get(
    '/ledger/overview',
    { summary: 'Funds, seals, checkpoints, witnesses and keys', guard: audit, audit: 'ledger.audit' },
    ({ actor }) => ledgerOverview(services, actor.county),
  )

  api.get(
    '/ledger/verification',
    { summary: "Verifies the county's whole ledger now", guard: audit, audit: 'ledger.verify' },
    ({ actor }) => verifyCounty(services, actor.county),
  )

  api.get(
    '/ledger/checkpoints',
    {
      summary: 'Checkpoints with where each fund stood, to be kept outside',
      guard: audit,
      audit: 'ledger.checkpoints',
    },
    async ({ actor }) => ({ items: await services.checkpointStore.list(actor.county), next: null }),
  )

  api.get(
    '/ledger/export',
    { summary: 'The whole ledger with its proofs (tar.gz of NDJSON)', guard: take, audit: 'ledger.export' },
    async ({ actor, res }) => {
      const { name, bytes } = await exportCounty(services, actor.county)
      res.set({ 'Content-Type': 'application/gzip', 'Content-Disposition': `attachment; filename="${name}"` })
      res.send(bytes)
    },
  )
}
