import { z } from 'zod'
import type { CaseRecord } from '../cases/index.ts'
import { openTexts } from '../cases/index.ts'
import type { ApiRouter, PageAnswer, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView, presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import { proposeSchema } from './conference-forms.ts'
import { PROPOSE_PERMISSIONS } from './conference-permissions.ts'
import { isPending, TRIGGERS } from './item.ts'
import type { ProposeServices } from './propose.ts'
import { proposeCase } from './propose.ts'

const guard = mayAct(PROPOSE_PERMISSIONS, 'conference.propose')
const audit = 'conference.propose'

/** Puts a case into the queue. */
export function proposeApi(services: ProposeServices, api: ApiRouter): void {
  api.post(
    '/conference-items',
    {
      summary: 'Put a case before the conference',
      guard,
      audit,
      body: proposeSchema.extend({ caseNo: z.string() }),
      status: 201,
    },
    ({ body: { caseNo, triggers, reason }, by }) => proposeCase(services, { no: caseNo, triggers, reason }, by),
  )
}

/** The form in which a township or the county says why one township is not enough. */
export function proposePages(services: ProposeServices, pages: PageRouter): void {
  const show = async (actor: Actor, no: string, present: Presenter, form: FormParts = {}): Promise<PageAnswer> => {
    const found = await proposable(services, actor, no)
    return { view: 'conference/propose', model: proposePage(services, found, present, form) }
  }
  pages.get('/cases/:no/propose', { guard, audit }, async ({ actor, params, res }) => {
    const no = params['no'] ?? ''
    const pending = (await services.conferences.ofCase(actor.county, no)).find(isPending)
    return pending ? { redirect: `/conference/${pending.id}` } : show(actor, no, presenterOf(res))
  })
  pages.post(
    '/cases/:no/propose',
    { guard, audit, form: proposeSchema },
    async ({ actor, params, res, form, by }) => {
      const no = params['no'] ?? ''
      if (!form.ok)
        return {
          ...(await show(actor, no, presenterOf(res), { values: form.typed, errors: form.errors })),
          status: 400,
        }
      const { id } = await proposeCase(services, { no, ...form.values }, by)
      return { redirect: `/conference/${id}`, flash: { key: 'conference:said.proposed' } }
    },
    (refusal, { actor, params, res, form }) =>
      show(actor, params['no'] ?? '', presenterOf(res), { values: form.typed, refusal }),
  )
}

function proposePage({ vault }: ProposeServices, found: CaseRecord, present: Presenter, form: FormParts): object {
  return {
    title: present.t('conference:propose.title'),
    about: present.t('conference:item.about', { no: found.no, place: openTexts(vault, found).place }),
    backHref: `/cases/${found.no}`,
    action: `/cases/${found.no}/propose`,
    draft: `propose:${found.no}`,
    triggers: TRIGGERS.map((value) => ({ value, text: present.t(`conference:trigger.${value}`) })),
    form: formView(present, form),
  }
}

/** @throws DomainError `case.not_found`, also for a case that is not the actor's to propose */
async function proposable({ cases }: ProposeServices, actor: Actor, no: string): Promise<CaseRecord> {
  const found = await cases.find(actor.county, no)
  if (!found || !may(PROPOSE_PERMISSIONS, actor, 'conference.propose', found))
    throw new DomainError('case.not_found', `No case ${no}`, { no })
  return found
}
