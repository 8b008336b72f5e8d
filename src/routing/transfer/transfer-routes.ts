import type { ZodType } from 'zod'
import { z } from 'zod'
import type { CaseAnswer, CaseRecord, NameServices, OnCase } from '../../cases/index.ts'
import { namesOf } from '../../cases/index.ts'
import type { ApiRouter, PageAnswer, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import type { FormParts, Presenter } from '../../platform/views/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import type { Actor, By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { filterFor, may } from '../../shared/permissions.ts'
import type { OpenFileServices } from '../open-file.ts'
import type { RoutingAction } from '../routing-permissions.ts'
import { ROUTING_PERMISSIONS } from '../routing-permissions.ts'
import { acceptTransfer, refuseTransfer } from './answer-transfer.ts'
import type { TransferServices } from './offer-transfer.ts'
import { offerTransfer } from './offer-transfer.ts'
import { ruleTransfer } from './rule-transfer.ts'
import { offerSchema, refusalSchema, rulingSchema } from './transfer-forms.ts'
import { transferListPage } from './transfer-list-page.ts'
import { transferPage } from './transfer-page.ts'

export type TransferRouteServices = TransferServices & OpenFileServices & NameServices

const OFFER = { guard: mayAct(ROUTING_PERMISSIONS, 'case.transfer'), audit: 'case.transfer' }
const ANSWER = { guard: mayAct(ROUTING_PERMISSIONS, 'case.answer_transfer'), audit: 'case.answer_transfer' }
const RULE = { guard: mayAct(ROUTING_PERMISSIONS, 'case.rule_transfer'), audit: 'case.rule_transfer' }

/** Whoever stands on one of the sides; which one, the case itself tells. */
const SEE = mayAct(ROUTING_PERMISSIONS, 'transfer.see')

/** Handing a case to another unit, under `/api/v1/cases`. */
export function transferApi(services: TransferRouteServices, api: ApiRouter): void {
  const on = (params: Readonly<Record<string, string | undefined>>, version?: number) => ({
    no: params['no'] ?? '',
    version,
  })
  api.post(
    '/cases/:no/transfer',
    { summary: 'Offer a case to another unit', ...OFFER, body: offerSchema },
    ({ params, body, version, by }) => offerTransfer(services, { ...on(params, version), ...body }, by),
  )
  api.post(
    '/cases/:no/transfer/accept',
    { summary: 'Take a case that is offered', ...ANSWER },
    ({ params, version, by }) => acceptTransfer(services, on(params, version), by),
  )
  api.post(
    '/cases/:no/transfer/refuse',
    { summary: 'Say why a case that is offered is not taken', ...ANSWER, body: refusalSchema },
    ({ params, body, version, by }) => refuseTransfer(services, { ...on(params, version), ...body }, by),
  )
  api.post(
    '/cases/:no/transfer/rule',
    { summary: 'Say, for the county, who has a case that two units did not take', ...RULE, body: rulingSchema },
    ({ params, body, version, by }) => ruleTransfer(services, { ...on(params, version), ...body }, by),
  )
}

/** The same as pages: one for each side of an offer, and what waits for an answer. */
export function transferPages(services: TransferRouteServices, pages: PageRouter): void {
  pages.get('/transfers', { guard: SEE, audit: 'transfer.list' }, async ({ actor, res }) => {
    const waiting = (action: RoutingAction) =>
      services.cases.listOpen(actor.county, { visible: filterFor(ROUTING_PERMISSIONS, actor, action), limit: 50 })
    const offered = await waiting('case.answer_transfer')
    const forCounty = await waiting('case.rule_transfer')
    const nameOf = await namesOf(services, actor.county)
    const cases = { offered: offered.cases, forCounty: forCounty.cases }
    return {
      view: 'routing/transfers',
      model: transferListPage(services.vault, cases, nameOf, actor, presenterOf(res)),
    }
  })

  const show = async (actor: Actor, no: string, present: Presenter, form: FormParts = {}): Promise<PageAnswer> => {
    const found = await concerned(services, actor, no)
    return { view: 'routing/transfer', model: await transferPage(services, found, actor, present, form) }
  }
  pages.get('/cases/:no/transfer', { guard: SEE, audit: 'transfer.read' }, ({ actor, params, res }) =>
    show(actor, params['no'] ?? '', presenterOf(res)),
  )

  /** A form of one side: shown again with what is wrong, done otherwise. */
  const side = <Values>(
    path: string,
    route: typeof OFFER & { readonly form: ZodType<Values> },
    act: (input: Values & OnCase, by: By) => Promise<CaseAnswer>,
    then: (no: string) => PageAnswer,
  ): void =>
    pages.post(
      path,
      route,
      async ({ actor, params, res, form, version, by }) => {
        const no = params['no'] ?? ''
        if (!form.ok)
          return {
            ...(await show(actor, no, presenterOf(res), { values: form.typed, errors: form.errors })),
            status: 400,
          }
        await act({ no, version, ...form.values }, by)
        return then(no)
      },
      (refusal, { actor, params, res, form }) =>
        show(actor, params['no'] ?? '', presenterOf(res), { values: form.typed, refusal }),
    )
  const saying = (key: string, redirect = '/transfers'): PageAnswer => ({ redirect, flash: { key } })
  side(
    '/cases/:no/transfer',
    { ...OFFER, form: offerSchema },
    (input, by) => offerTransfer(services, input, by),
    (no) => saying('routing:said.offered', `/cases/${no}`),
  )
  side(
    '/cases/:no/transfer/accept',
    { ...ANSWER, form: z.object({}) },
    (input, by) => acceptTransfer(services, input, by),
    (no) => saying('routing:said.accepted', `/cases/${no}`),
  )
  side(
    '/cases/:no/transfer/refuse',
    { ...ANSWER, form: refusalSchema },
    (input, by) => refuseTransfer(services, input, by),
    () => saying('routing:said.refused'),
  )
  side(
    '/cases/:no/transfer/rule',
    { ...RULE, form: rulingSchema },
    (input, by) => ruleTransfer(services, input, by),
    () => saying('routing:said.ruled'),
  )
}

/** Whoever has the case, is asked to take it, or says for the county who has it. */
async function concerned({ cases }: TransferRouteServices, actor: Actor, no: string): Promise<CaseRecord> {
  const found = await cases.find(actor.county, no)
  const actions = ['case.transfer', 'case.answer_transfer', 'case.rule_transfer'] as const
  if (found && actions.some((action) => may(ROUTING_PERMISSIONS, actor, action, found))) return found
  throw new DomainError('case.not_found', `No case ${no}`, { no })
}
