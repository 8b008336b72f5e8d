import type { NameServices } from '../cases/index.ts'
import type { ApiRouter, PageAnswer, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import { decisionSchema } from './aid-forms.ts'
import { sumOf } from './aid-limits.ts'
import { AID_CASE_PERMISSIONS, DECISION_PERMISSIONS } from './aid-permissions.ts'
import type { DecideAidServices } from './decide-aid.ts'
import { decideAid } from './decide-aid.ts'
import { decisionPage } from './decide-page.ts'
import { decisionPageSchema } from './decide-page-form.ts'
import { decisionView } from './decision-view.ts'

export interface DecideRouteServices extends DecideAidServices, NameServices {
  readonly clock: Clock
}

const decideGuard = {
  name: 'aid.decide',
  allows: (actor: Actor): boolean =>
    mayAct(AID_CASE_PERMISSIONS, 'aid.decide_township').allows(actor) ||
    mayAct(AID_CASE_PERMISSIONS, 'aid.decide_county').allows(actor),
}

/** Decisions of a case. */
export function decideApi(services: DecideRouteServices, api: ApiRouter): void {
  const readGuard = mayAct(DECISION_PERMISSIONS, 'decision.read')
  api.post(
    '/cases/:no/decisions',
    {
      summary: 'Decide on aid within the limit in force',
      guard: decideGuard,
      audit: 'aid.decide',
      body: decisionSchema,
      status: 201,
    },
    ({ params, body, version, by }) => decideAid(services, { no: params['no'] ?? '', version, ...body }, by),
  )
  api.get(
    '/cases/:no/decisions',
    { summary: 'Decisions of a case', guard: readGuard, audit: 'aid.list' },
    async ({ actor, params }) => {
      const decisions = await services.aid.ofCase(actor.county, params['no'] ?? '')
      return {
        items: decisions.filter((one) => may(DECISION_PERMISSIONS, actor, 'decision.read', one)).map(decisionView),
      }
    },
  )
}

/** The form on which an officer decides. */
export function decidePages(services: DecideRouteServices, pages: PageRouter): void {
  const show = async (actor: Actor, no: string, present: Presenter, form: FormParts = {}): Promise<PageAnswer> => {
    const found = await services.cases.find(actor.county, no)
    const isTownship = found && may(AID_CASE_PERMISSIONS, actor, 'aid.decide_township', found)
    if (!found || !(isTownship || may(AID_CASE_PERMISSIONS, actor, 'aid.decide_county', found)))
      throw new DomainError('case.not_found', `No case ${no}`, { no })
    const tier = isTownship ? 'township' : 'county'
    const policy = await services.policies.at({
      scope: isTownship ? found.unit : found.county,
      at: services.clock.now(),
    })
    const given = (await services.aid.ofCase(actor.county, no)).flatMap(({ orders }) => orders)
    const usedFen = sumOf(given.filter(({ state }) => state !== 'FAILED'))
    return { view: 'aid/decide', model: decisionPage(found, tier, policy, usedFen, present, form) }
  }
  pages.get('/cases/:no/decide', { guard: decideGuard, audit: 'aid.decide' }, ({ actor, params, res }) =>
    show(actor, params['no'] ?? '', presenterOf(res)),
  )
  pages.post(
    '/cases/:no/decide',
    { guard: decideGuard, audit: 'aid.decide', form: decisionPageSchema },
    async ({ actor, params, res, form, version, by }) => {
      const no = params['no'] ?? ''
      if (!form.ok)
        return {
          ...(await show(actor, no, presenterOf(res), { values: form.typed, errors: form.errors })),
          status: 400,
        }
      const { totalFen } = await decideAid(services, { no, version, ...form.values }, by)
      return {
        redirect: `/cases/${no}`,
        flash: { key: 'aid:said.decided', params: { money: presenterOf(res).money(totalFen) } },
      }
    },
    (refusal, { actor, params, res, form }) =>
      show(actor, params['no'] ?? '', presenterOf(res), {
        values: form.typed,
        refusal: withMoney(refusal, presenterOf(res)),
      }),
  )
}

/** A limit is told in money, not in fen. */
function withMoney(refusal: DomainError, present: Presenter): DomainError {
  const shown = Object.entries(refusal.details).map(([name, value]) =>
    name.endsWith('Fen') && typeof value === 'number' ? [name.slice(0, -3), present.money(value)] : [name, value],
  )
  return new DomainError(refusal.code, refusal.message, {
    ...refusal.details,
    ...(Object.fromEntries(shown) as object),
  })
}
