import type { FormContext, PageAnswer, PageContext, PageRouter } from '../../platform/http/index.ts'
import { signedIn } from '../../platform/http/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import type { DomainError } from '../../shared/errors.ts'
import { nothing } from '../fields.ts'
import { addressOf } from '../../platform/http/index.ts'
import { keepSession } from '../sign-in/session.ts'
import type { UnitStore } from '../units/unit-store.ts'
import { changePassword } from './change-password.ts'
import type { OwnAccountServices } from './own-account.ts'
import { ownRecord } from './own-account.ts'
import { codeSchema, languageSchema, passwordForm, proofForm, tokenForm } from './own-forms.ts'
import type { OwnForm } from './own-page.ts'
import { ownPage } from './own-page.ts'
import { endSessions, setLanguage } from './own-settings.ts'
import { makeOwnToken, revokeOwnToken, tokenView } from './own-tokens.ts'
import { confirmTotp, pendingTotp, removeTotp, startTotp } from './second-factor.ts'
import { totpPage } from './totp-page.ts'

export interface OwnRouteServices extends OwnAccountServices {
  readonly units: UnitStore
}

/** One's own account under `/me`. */
export function ownPages(pages: PageRouter, services: OwnRouteServices): void {
  const guard = signedIn

  pages.get('/me', { guard, audit: 'me.page' }, (context) => show(context))

  pages.post(
    '/me/language',
    { guard, audit: 'me.language', form: languageSchema },
    async (context) => {
      if (!context.form.ok) return typed(context, 'language')
      const { language } = await setLanguage(services, context.form.values.language, context.by)
      context.res.cookie('lng', language, { maxAge: 365 * 86_400_000, sameSite: 'lax', path: '/' })
      return { redirect: '/me', flash: { key: 'directory:flash.languageSet' } }
    },
    refused('language'),
  )

  pages.post(
    '/me/password',
    { guard, audit: 'me.password', form: passwordForm },
    async (context) => {
      const { form, req, by } = context
      if (!form.ok) return typed(context, 'password')
      const { generation } = await changePassword(services, { ...form.values, address: addressOf(req) }, by)
      keepSession(req, generation)
      return { redirect: '/me', flash: { key: 'directory:flash.passwordChanged' } }
    },
    refused('password'),
  )

  pages.post('/me/end-sessions', { guard, audit: 'me.end-sessions', form: nothing }, async ({ req, by }) => {
    keepSession(req, (await endSessions(services, by)).generation)
    return { redirect: '/me', flash: { key: 'directory:flash.sessionsEnded' } }
  })

  pages.post(
    '/me/totp',
    { guard, audit: 'me.totp-start', form: proofForm },
    async (context) => {
      const { form, req, by } = context
      if (!form.ok) return typed(context, 'totp')
      await startTotp(services, { password: form.values.totpPassword, address: addressOf(req) }, by)
      return { redirect: '/me/totp' }
    },
    refused('totp'),
  )

  pages.get('/me/totp', { guard, audit: 'me.totp-form' }, (context) => showTotp(context))

  pages.post(
    '/me/totp/confirm',
    { guard, audit: 'me.totp-confirm', form: codeSchema },
    async (context) => {
      const { form, req, by } = context
      if (!form.ok) return { ...(await showTotp(context, { errors: form.errors })), status: 400 }
      await confirmTotp(services, { ...form.values, address: addressOf(req) }, by)
      return { redirect: '/me', flash: { key: 'directory:flash.totpOn' } }
    },
    (refusal, context) => showTotp(context, { refusal }),
  )

  pages.post(
    '/me/totp/remove',
    { guard, audit: 'me.totp-remove', form: codeSchema },
    async (context) => {
      const { form, req, by } = context
      if (!form.ok) return typed(context, 'totp-remove')
      await removeTotp(services, { ...form.values, address: addressOf(req) }, by)
      return { redirect: '/me', flash: { key: 'directory:flash.totpOff', tone: 'notice' } }
    },
    refused('totp-remove'),
  )

  pages.post(
    '/me/tokens',
    { guard, audit: 'me.token-make', form: tokenForm },
    async (context) => {
      const { form, req, res, by } = context
      if (!form.ok) return typed(context, 'token')
      const { label, days, tokenPassword: password } = form.values
      const { token } = await makeOwnToken(services, { label, days, password, address: addressOf(req) }, by)
      res.set('Cache-Control', 'no-store')
      const title = presenterOf(res).t('directory:me.tokenMade', { label })
      return { view: 'directory/secret', model: { title, secret: token, kind: 'token', backHref: '/me' } }
    },
    refused('token'),
  )

  pages.post('/me/tokens/:id/revoke', { guard, audit: 'me.token-revoke', form: nothing }, async ({ params, by }) => {
    await revokeOwnToken(services, params['id'] ?? '', by)
    return { redirect: '/me', flash: { key: 'directory:flash.tokenRevoked' } }
  })

  async function show(context: PageContext, fault?: Parameters<typeof ownPage>[0]['fault']): Promise<PageAnswer> {
    const { actor, res } = context
    const person = await ownRecord(services, context)
    const found = await services.tokens.list(actor.county, actor.staffId)
    const tokens = found.map((token) => tokenView(token, services.clock.now()))
    const units = await services.units.book(actor.county)
    return { view: 'directory/me', model: ownPage({ person, units, tokens, fault }, presenterOf(res)) }
  }

  async function showTotp(context: PageContext, parts = {}): Promise<PageAnswer> {
    const setup = await pendingTotp(services, context)
    context.res.set('Cache-Control', 'no-store')
    if (!setup) return { redirect: '/me' }
    return { view: 'directory/totp', model: totpPage(setup, presenterOf(context.res), parts) }
  }

  async function typed({ form, ...context }: FormContext<unknown>, name: OwnForm): Promise<PageAnswer> {
    const parts = { values: form.typed, errors: form.ok ? {} : form.errors }
    return { ...(await show(context, { form: name, parts })), status: 400 }
  }

  function refused(name: OwnForm) {
    return (refusal: DomainError, context: FormContext<unknown>) =>
      show(context, { form: name, parts: { values: context.form.typed, refusal } })
  }
}
