import type { PageAnswer, PageContext, PageRouter } from '../../platform/http/index.ts'
import { everyone, SESSION_COOKIE } from '../../platform/http/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import { chooseFirstPassword } from '../own-account/change-password.ts'
import { nothing } from '../fields.ts'
import { addressOf } from '../../platform/http/index.ts'
import { safeNext } from './safe-next.ts'
import { closeSession, openHalfSession, openSession } from './session.ts'
import type { SigningIn } from './session-data.ts'
import type { SignInStep } from './sign-in.ts'
import { signIn } from './sign-in.ts'
import { codeForm, newPasswordForm, signInForm } from './sign-in-forms.ts'
import { codePage, firstPasswordPage, signInPage } from './sign-in-page.ts'
import type { SecondFactorServices } from './sign-in-totp.ts'
import { signInTotp } from './sign-in-totp.ts'
import type { OwnAccountServices } from '../own-account/own-account.ts'

export type SignInRouteServices = SecondFactorServices & OwnAccountServices

const LAYOUT = { layout: 'bare' } as const

/** Signing in, in up to three steps, and out. */
export function signInPages(pages: PageRouter, services: SignInRouteServices): void {
  const { clock } = services

  pages.get('/sign-in', { guard: everyone, audit: 'sign-in.form' }, ({ actor, query, res }) => {
    const next = safeNext(query['next'])
    if (actor.kind === 'staff') return Promise.resolve({ redirect: next })
    return Promise.resolve({ view: 'directory/sign-in', model: signInPage(presenterOf(res), next), ...LAYOUT })
  })

  pages.post(
    '/sign-in',
    { guard: everyone, audit: 'sign-in.password', form: signInForm },
    async (context) => {
      const { form, res } = context
      const next = safeNext(form.typed['next'])
      if (!form.ok) return again(signInPage(presenterOf(res), next, { values: form.typed, errors: form.errors }))
      const { account, password } = form.values
      const step = await signIn(services, { account, password, address: addressOf(context.req) })
      return goOn(context, step, { account, next })
    },
    (refusal, { form, res }) => {
      const page = signInPage(presenterOf(res), safeNext(form.typed['next']), { values: form.typed, refusal })
      return Promise.resolve({ view: 'directory/sign-in', model: page, ...LAYOUT })
    },
  )

  pages.get('/sign-in/code', { guard: everyone, audit: 'sign-in.code-form' }, ({ req, res }) =>
    Promise.resolve(
      halfWay(req, 'totp')
        ? { view: 'directory/sign-in-code', model: codePage(presenterOf(res)), ...LAYOUT }
        : { redirect: '/sign-in' },
    ),
  )

  pages.post(
    '/sign-in/code',
    { guard: everyone, audit: 'sign-in.code', form: codeForm },
    async (context) => {
      const { form, req, res } = context
      const signingIn = halfWay(req, 'totp')
      if (!signingIn) return { redirect: '/sign-in' }
      if (!form.ok)
        return { view: 'directory/sign-in-code', model: codePage(presenterOf(res), form), status: 400, ...LAYOUT }
      const step = await signInTotp(services, { signingIn, code: form.values.code, address: addressOf(context.req) })
      return goOn(context, step, signingIn)
    },
    (refusal, { res }) =>
      Promise.resolve(
        refusal.code === 'sign_in.too_slow'
          ? tooSlow()
          : { view: 'directory/sign-in-code', model: codePage(presenterOf(res), { refusal }), ...LAYOUT },
      ),
  )

  pages.get('/sign-in/new-password', { guard: everyone, audit: 'sign-in.new-password-form' }, ({ req, res }) => {
    const signingIn = halfWay(req, 'new_password')
    if (!signingIn) return Promise.resolve({ redirect: '/sign-in' })
    const model = firstPasswordPage(presenterOf(res), signingIn.account)
    return Promise.resolve({ view: 'directory/sign-in-new-password', model, ...LAYOUT })
  })

  pages.post(
    '/sign-in/new-password',
    { guard: everyone, audit: 'sign-in.new-password', form: newPasswordForm },
    async (context) => {
      const { form, req, res } = context
      const signingIn = halfWay(req, 'new_password')
      if (!signingIn) return { redirect: '/sign-in' }
      const { account, next } = signingIn
      const model = () => firstPasswordPage(presenterOf(res), account, { errors: form.ok ? {} : form.errors })
      if (!form.ok) return { view: 'directory/sign-in-new-password', model: model(), status: 400, ...LAYOUT }
      const address = addressOf(context.req)
      const person = await chooseFirstPassword(services, { signingIn, next: form.values.next, address })
      await openSession(req, person, clock)
      return { redirect: next, flash: { key: 'directory:flash.passwordChanged' } }
    },
    (refusal, { req, res }) => {
      const account = halfWay(req, 'new_password')?.account ?? ''
      const model = firstPasswordPage(presenterOf(res), account, { refusal })
      return Promise.resolve(
        refusal.code === 'sign_in.too_slow' ? tooSlow() : { view: 'directory/sign-in-new-password', model, ...LAYOUT },
      )
    },
  )

  pages.post('/sign-out', { guard: everyone, audit: 'sign-out', form: nothing }, async ({ req, res }) => {
    await closeSession(req)
    res.clearCookie(SESSION_COOKIE)
    return { redirect: '/sign-in' }
  })

  /** Signed in, or on to what is still missing. */
  async function goOn(
    { req, res }: PageContext,
    { person, need }: SignInStep,
    { account, next }: Pick<SigningIn, 'account' | 'next'>,
  ): Promise<PageAnswer> {
    if (need === undefined) {
      await openSession(req, person, clock)
      res.cookie('lng', person.language, { maxAge: 365 * 86_400_000, sameSite: 'lax', path: '/' })
      return { redirect: next }
    }
    const { _id: staffId, county, generation } = person
    const since = clock.now().getTime()
    await openHalfSession(req, { staffId, county, generation, account, need, since, next })
    return { redirect: need === 'totp' ? '/sign-in/code' : '/sign-in/new-password' }
  }

  function again(model: object): PageAnswer {
    return { view: 'directory/sign-in', model, status: 400, ...LAYOUT }
  }
}

function halfWay(req: PageContext['req'], need: SigningIn['need']): SigningIn | undefined {
  const { signingIn } = req.session
  return signingIn?.need === need ? signingIn : undefined
}

function tooSlow(): PageAnswer {
  return { redirect: '/sign-in', flash: { key: 'directory:errors.sign_in_too_slow', tone: 'notice' } }
}
