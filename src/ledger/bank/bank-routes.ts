import type { ApiRouter, PageAnswer, PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import type { FormParts } from '../../platform/views/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { fundSummary } from '../fund-view.ts'
import type { StaffNames } from '../staff-names.ts'
import { staffNames } from '../staff-names.ts'
import type { BankServices } from './act-on-bank.ts'
import { requireBankPermission } from './act-on-bank.ts'
import { accountSchema, explainSchema, lineSchema, proposalSchema, statementSchema } from './bank-forms.ts'
import { bankPage, statementPage } from './bank-page.ts'
import type { BankAction } from './bank-permissions.ts'
import { BANK_PERMISSIONS } from './bank-permissions.ts'
import { importStatement, previewStatement } from './import-statement.ts'
import { confirmMatch, dropProposal, proposeMatch } from './match-by-hand.ts'
import { reconcile } from './reconciliation.ts'
import { registerAccount } from './register-account.ts'

export interface BankRouteServices extends BankServices {
  readonly staff: StaffNames
}

const guard = (action: BankAction) => mayAct(BANK_PERMISSIONS, action)

/** The book against the bank under `/api/v1/funds/:id/bank`. Files come as base64 text. */
export function declareBankApi(api: ApiRouter, services: BankRouteServices): void {
  api.get(
    '/funds/:id/bank',
    { summary: 'The book against the bank', guard: guard('bank.see'), audit: 'bank.read' },
    ({ actor, params }) => reconcile(services, idOf(params), { actor }),
  )
  api.post(
    '/funds/:id/bank/account',
    {
      summary: 'Which account at the bank is the fund’s',
      guard: guard('bank.register'),
      audit: 'bank.register',
      body: accountSchema,
      status: 201,
    },
    ({ params, body, by }) => registerAccount(services, { fundId: idOf(params), ...body }, by),
  )
  api.post(
    '/funds/:id/bank/statement/check',
    {
      summary: 'What a statement would bring; changes nothing',
      guard: guard('bank.import'),
      audit: 'bank.check',
      body: statementSchema,
      isQuestion: true,
    },
    ({ actor, params, body }) => previewStatement(services, { fundId: idOf(params), bytes: body.file }, { actor }),
  )
  api.post(
    '/funds/:id/bank/statement',
    {
      summary: 'Import a statement: all of it or nothing, each line once',
      guard: guard('bank.import'),
      audit: 'bank.import',
      body: statementSchema,
    },
    ({ params, body, by }) => importStatement(services, { fundId: idOf(params), bytes: body.file }, by),
  )
  api.post(
    '/funds/:id/bank/proposals',
    {
      summary: 'Say what explains a line: an entry, or a reason',
      guard: guard('bank.propose'),
      audit: 'bank.propose',
      body: proposalSchema,
      status: 201,
    },
    ({ params, body, by }) => proposeMatch(services, { fundId: idOf(params), ...body }, by),
  )
  api.post(
    '/funds/:id/bank/confirmations',
    {
      summary: 'Confirm what somebody else proposed',
      guard: guard('bank.confirm'),
      audit: 'bank.confirm',
      body: lineSchema,
    },
    ({ params, body, by }) => confirmMatch(services, { fundId: idOf(params), ...body }, by),
  )
  api.post(
    '/funds/:id/bank/withdrawals',
    { summary: 'Drop a proposal', guard: guard('bank.confirm'), audit: 'bank.drop', body: lineSchema },
    ({ params, body, by }) => dropProposal(services, { fundId: idOf(params), ...body }, by),
  )
}

/** The page of a fund's bank, and what a statement would bring. */
export function declareBankPages(pages: PageRouter, services: BankRouteServices): void {
  pages.get('/funds/:id/bank', { guard: guard('bank.see'), audit: 'bank.read' }, (context) => show(context))
  pages.post(
    '/funds/:id/bank/account',
    { guard: guard('bank.register'), audit: 'bank.register', form: accountSchema },
    async (context) => {
      const { form, by } = context
      if (!form.ok) return { ...(await show(context, { values: form.typed, errors: form.errors })), status: 400 }
      await registerAccount(services, { fundId: idOf(context.params), ...form.values }, by)
      return done(context, 'registered')
    },
    (refusal, context) => show(context, { values: context.form.typed, refusal }),
  )
  pages.post(
    '/funds/:id/bank/check',
    { guard: guard('bank.import'), audit: 'bank.check', form: statementSchema },
    async (context) => {
      const { form } = context
      if (!form.ok) return { ...(await show(context, { errors: form.errors })), status: 400 }
      return showStatement(context, form.values.file)
    },
    (refusal, context) => show(context, { refusal }),
  )
  pages.post(
    '/funds/:id/bank/import',
    { guard: guard('bank.import'), audit: 'bank.import', form: statementSchema },
    async (context) => {
      const { form, by } = context
      if (!form.ok) return { ...(await show(context, { errors: form.errors })), status: 400 }
      await importStatement(services, { fundId: idOf(context.params), bytes: form.values.file }, by)
      return done(context, 'imported')
    },
    (refusal, context) =>
      context.form.ok ? showStatement(context, context.form.values.file, { refusal }) : show(context, { refusal }),
  )
  pages.post(
    '/funds/:id/bank/propose',
    { guard: guard('bank.propose'), audit: 'bank.propose', form: explainSchema },
    async (context) => {
      const { form, by } = context
      if (!form.ok) return { ...(await show(context, { errors: form.errors })), status: 400 }
      await proposeMatch(services, { fundId: idOf(context.params), ...form.values }, by)
      return done(context, 'proposed')
    },
    (refusal, context) => show(context, { refusal }),
  )
  for (const [name, action] of [
    ['confirm', confirmMatch],
    ['drop', dropProposal],
  ] as const)
    pages.post(
      `/funds/:id/bank/${name}`,
      { guard: guard('bank.confirm'), audit: `bank.${name}`, form: lineSchema },
      async (context) => {
        const { form, by } = context
        if (!form.ok) return { ...(await show(context, { errors: form.errors })), status: 400 }
        await action(services, { fundId: idOf(context.params), ...form.values }, by)
        return done(context, name)
      },
      (refusal, context) => show(context, { refusal }),
    )

  async function show({ actor, params, res }: PageContext, form: FormParts = {}): Promise<Shown> {
    const fundId = idOf(params)
    requireBankPermission('bank.see', fundId, { actor })
    const head = await services.ledger.head(actor.county, fundId)
    if (!head) throw new DomainError('fund.not_found', `No fund ${fundId}`, { fundId })
    const parts = {
      fund: fundSummary(head),
      found: await reconcile(services, fundId, { actor }),
      nameOf: await staffNames(services.staff, actor.county),
    }
    return { view: 'ledger/bank', model: bankPage(parts, actor, presenterOf(res), form) }
  }

  async function showStatement(
    { actor, params, res }: PageContext,
    bytes: Buffer,
    form: FormParts = {},
  ): Promise<Shown> {
    const preview = await previewStatement(services, { fundId: idOf(params), bytes }, { actor })
    return {
      view: 'ledger/bank-statement',
      model: statementPage(preview, bytes.toString('base64'), presenterOf(res), form),
    }
  }
}

type Shown = Extract<PageAnswer, { view: string }>

function done({ params }: PageContext, said: string): PageAnswer {
  return { redirect: `/funds/${idOf(params)}/bank`, flash: { key: `ledger:bank.said.${said}` } }
}

function idOf(params: Readonly<Record<string, string>>): string {
  return params['id'] ?? ''
}
