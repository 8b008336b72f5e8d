import { z } from 'zod'
import { namesOf } from '../../cases/index.ts'
import type { ApiRouter, PageAnswer, PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import type { FormParts } from '../../platform/views/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import type { Actor } from '../../shared/actor.ts'
import { filterFor } from '../../shared/permissions.ts'
import { DECISION_PERMISSIONS } from '../aid-permissions.ts'
import type { DecisionRecord } from '../decision.ts'
import type { PayRouteServices } from '../pay-routes.ts'
import { downloadPaymentFile, findFile } from './download-payment-file.ts'
import { makePaymentFile } from './make-payment-file.ts'
import type { PaymentFile } from './payment-file.ts'
import { answerSchema, makeFileSchema, withdrawSchema } from './payment-file-forms.ts'
import { answerPage, newPaymentFilePage, paymentFilePage, paymentFilesPage } from './payment-file-page.ts'
import type { TakeAnswerServices } from './take-answer.ts'
import { previewAnswer, takeAnswer } from './take-answer.ts'
import { withdrawPaymentFile } from './withdraw-payment-file.ts'

export type PaymentFileRouteServices = PayRouteServices & TakeAnswerServices

const pay = mayAct(DECISION_PERMISSIONS, 'payment.pay')
const see = mayAct(DECISION_PERMISSIONS, 'payment.see_file')
const withdraw = mayAct(DECISION_PERMISSIONS, 'payment.withdraw_file')

/** Files and waiting payments on one page. */
const SHOWN = 100

/** Payment files under `/api/v1/payment-files`. */
export function paymentFileApi(services: PaymentFileRouteServices, api: ApiRouter): void {
  api.get(
    '/payment-files',
    { summary: 'Payment files, those at the bank first', guard: see, audit: 'payment_file.list' },
    async ({ actor }) => ({ items: (await listed(services, actor)).map(fileView), next: null }),
  )
  api.post(
    '/payment-files',
    {
      summary: 'Put payments into a file for the bank',
      guard: pay,
      audit: 'payment_file.make',
      body: makeFileSchema,
      status: 201,
    },
    ({ body, by }) => makePaymentFile(services, body, by),
  )
  api.get(
    '/payment-files/:no',
    { summary: 'One payment file', guard: see, audit: 'payment_file.read' },
    async ({ actor, params }) => fileView(await findFile(services, params['no'] ?? '', 'payment.see_file', { actor })),
  )
  api.post(
    '/payment-files/:no/download',
    {
      summary: 'The file with names and account numbers, for the bank; every download goes on record',
      guard: pay,
      audit: 'payment_file.download',
    },
    async ({ params, by, res }) => sendFile(services, params['no'] ?? '', by, res),
  )
  api.post(
    '/payment-files/:no/answer/check',
    {
      summary: 'What the bank’s answer would do; changes nothing',
      guard: pay,
      audit: 'payment_file.check_answer',
      body: answerSchema,
      isQuestion: true,
    },
    ({ actor, params, body }) => previewAnswer(services, { no: params['no'] ?? '', bytes: body.file }, { actor }),
  )
  api.post(
    '/payment-files/:no/answer',
    {
      summary: 'Take the bank’s answer: post or void every payment, once',
      guard: pay,
      audit: 'payment_file.answer',
      body: answerSchema,
    },
    ({ params, body, by }) => takeAnswer(services, { no: params['no'] ?? '', bytes: body.file }, by),
  )
  api.post(
    '/payment-files/:no/withdraw',
    {
      summary: 'Take a file back that the bank never worked on',
      guard: withdraw,
      audit: 'payment_file.withdraw',
      body: withdrawSchema,
    },
    ({ params, body, by }) => withdrawPaymentFile(services, { no: params['no'] ?? '', ...body }, by),
  )
}

/** Pages of payment files. They stand before `/payments/:id`, whose address would take theirs. */
export function paymentFilePages(services: PaymentFileRouteServices, pages: PageRouter): void {
  pages.get('/payments/files', { guard: see, audit: 'payment_file.list' }, async ({ actor, res }) => ({
    view: 'aid/payment-files',
    model: paymentFilesPage(await listed(services, actor), actor, presenterOf(res)),
  }))
  pages.get('/payments/files/new', { guard: pay, audit: 'payment_file.new' }, (context) => showNew(context))
  pages.post(
    '/payments/files',
    { guard: pay, audit: 'payment_file.make', form: makeFileSchema },
    async (context) => {
      const { form, by } = context
      if (!form.ok)
        return { ...(await showNew(context, { values: { orderIds: [] }, errors: form.errors })), status: 400 }
      const { no } = await makePaymentFile(services, form.values, by)
      return { redirect: `/payments/files/${no}`, flash: { key: 'aid:paymentFile.said.made' } }
    },
    (refusal, context) => showNew(context, { values: context.form.typed, refusal }),
  )
  pages.get('/payments/files/:no', { guard: see, audit: 'payment_file.read' }, (context) => showFile(context))
  pages.post(
    '/payments/files/:no/download',
    { guard: pay, audit: 'payment_file.download', form: z.object({}) },
    async ({ params, by, res }) => {
      await sendFile(services, params['no'] ?? '', by, res)
      return { sent: true }
    },
    (refusal, context) => showFile(context, { refusal }),
  )
  pages.post(
    '/payments/files/:no/answer/check',
    { guard: pay, audit: 'payment_file.check_answer', form: answerSchema },
    async (context) => {
      const { form } = context
      if (!form.ok) return { ...(await showFile(context, { errors: form.errors })), status: 400 }
      return showAnswer(context, form.values.file)
    },
    (refusal, context) => showFile(context, { refusal }),
  )
  pages.post(
    '/payments/files/:no/answer',
    { guard: pay, audit: 'payment_file.answer', form: answerSchema },
    async (context) => {
      const { form, by, params } = context
      if (!form.ok) return { ...(await showFile(context, { errors: form.errors })), status: 400 }
      await takeAnswer(services, { no: noOf(params), bytes: form.values.file }, by)
      return { redirect: `/payments/files/${noOf(params)}`, flash: { key: 'aid:paymentFile.said.answered' } }
    },
    (refusal, context) =>
      context.form.ok ? showAnswer(context, context.form.values.file, { refusal }) : showFile(context, { refusal }),
  )
  pages.post(
    '/payments/files/:no/withdraw',
    { guard: withdraw, audit: 'payment_file.withdraw', form: withdrawSchema },
    async (context) => {
      const { form, by, params } = context
      if (!form.ok) return { ...(await showFile(context, { errors: form.errors })), status: 400 }
      await withdrawPaymentFile(services, { no: noOf(params), reason: form.values.reason }, by)
      return { redirect: `/payments/files/${noOf(params)}`, flash: { key: 'aid:paymentFile.said.withdrawn' } }
    },
    (refusal, context) => showFile(context, { values: context.form.typed, refusal }),
  )

  async function showNew({ actor, res }: PageContext, form: FormParts = {}): Promise<Shown> {
    const decisions = await payable(services, actor)
    return {
      view: 'aid/payment-file-new',
      model: newPaymentFilePage(services.vault, decisions, presenterOf(res), form),
    }
  }

  async function showFile({ actor, params, res }: PageContext, form: FormParts = {}): Promise<Shown> {
    const file = await findFile(services, noOf(params), 'payment.see_file', { actor })
    const nameOf = await namesOf(services, actor.county)
    return { view: 'aid/payment-file', model: paymentFilePage(file, actor, presenterOf(res), nameOf, form) }
  }

  async function showAnswer({ actor, params, res }: PageContext, bytes: Buffer, form: FormParts = {}): Promise<Shown> {
    const file = await findFile(services, noOf(params), 'payment.pay', { actor })
    const preview = await previewAnswer(services, { no: file.no, bytes }, { actor })
    return {
      view: 'aid/payment-file-answer',
      model: answerPage(file, preview, bytes.toString('base64'), presenterOf(res), form),
    }
  }
}

type Shown = Extract<PageAnswer, { view: string }>

function listed({ paymentFiles }: PaymentFileRouteServices, actor: Actor): Promise<readonly PaymentFile[]> {
  return paymentFiles.list(actor.county, filterFor(DECISION_PERMISSIONS, actor, 'payment.see_file'), SHOWN)
}

function payable({ aid }: PaymentFileRouteServices, actor: Actor): Promise<readonly DecisionRecord[]> {
  const visible = filterFor(DECISION_PERMISSIONS, actor, 'payment.pay')
  return aid.list(actor.county, visible, ['DECIDED', 'PAYING'], SHOWN)
}

/** The bytes themselves, never kept by a cache. */
async function sendFile(
  services: PaymentFileRouteServices,
  no: string,
  by: Parameters<typeof downloadPaymentFile>[2],
  res: PageContext['res'],
): Promise<void> {
  const { name, bytes } = await downloadPaymentFile(services, { no }, by)
  res.set({
    'Cache-Control': 'no-store',
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}"`,
  })
  res.send(bytes)
}

/** A file as the API shows it: without names and account numbers. */
function fileView({ _id, county: _county, madeAt, answer, withdrawn, ...file }: PaymentFile): object {
  return {
    ...file,
    madeAt: madeAt.toISOString(),
    answer: answer ? { ...answer, at: answer.at.toISOString() } : null,
    withdrawn: withdrawn ? { ...withdrawn, at: withdrawn.at.toISOString() } : null,
  }
}

function noOf(params: Readonly<Record<string, string>>): string {
  return params['no'] ?? ''
}
