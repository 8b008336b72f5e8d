import type { ApiContext, ApiRouter } from '../../platform/http/index.ts'
import { signedIn } from '../../platform/http/index.ts'
import type { Actor } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { nothing } from '../fields.ts'
import { addressOf } from '../../platform/http/index.ts'
import { keepSession } from '../sign-in/session.ts'
import { staffView } from '../staff/staff-view.ts'
import { changePassword } from './change-password.ts'
import type { OwnAccountServices } from './own-account.ts'
import { codeSchema, languageSchema, passwordSchema, proofSchema, tokenSchema } from './own-forms.ts'
import { endSessions, setLanguage } from './own-settings.ts'
import { makeOwnToken, revokeOwnToken, tokenView } from './own-tokens.ts'
import { confirmTotp, removeTotp, startTotp } from './second-factor.ts'

type Context = Pick<ApiContext<unknown, unknown, unknown>, 'req' | 'res'>

/** One's own account under `/api/v1/me`. */
export function ownApi(api: ApiRouter, services: OwnAccountServices): void {
  const guard = signedIn
  const { staff, tokens, clock } = services

  api.get('/me', { summary: 'Who I am', guard, audit: 'me.read' }, ({ actor }) => own(actor))
  api.put(
    '/me/language',
    { summary: 'Choose the language', guard, audit: 'me.language', body: languageSchema },
    ({ body, by }) => setLanguage(services, body.language, by),
  )
  api.post(
    '/me/password',
    { summary: 'Change the password; all other sessions end', guard, audit: 'me.password', body: passwordSchema },
    async ({ body, by, req, res }) => {
      const { generation } = await changePassword(services, { ...body, address: addressOf(req) }, by)
      return stay({ req, res }, generation)
    },
  )
  api.post(
    '/me/totp',
    { summary: 'Begin a second factor', guard, audit: 'me.totp-start', body: proofSchema },
    ({ body, by, req, res }) => {
      res.set('Cache-Control', 'no-store')
      return startTotp(services, { ...body, address: addressOf(req) }, by)
    },
  )
  api.post(
    '/me/totp/confirm',
    { summary: 'Put the second factor into use', guard, audit: 'me.totp-confirm', body: codeSchema },
    ({ body, by, req }) => confirmTotp(services, { ...body, address: addressOf(req) }, by),
  )
  api.post(
    '/me/totp/remove',
    { summary: 'Take the second factor out of use', guard, audit: 'me.totp-remove', body: codeSchema },
    ({ body, by, req }) => removeTotp(services, { ...body, address: addressOf(req) }, by),
  )
  api.post(
    '/me/end-sessions',
    { summary: 'Sign out everywhere else', guard, audit: 'me.end-sessions', body: nothing },
    async ({ by, req, res }) => stay({ req, res }, (await endSessions(services, by)).generation),
  )
  api.get('/me/tokens', { summary: 'My API tokens', guard, audit: 'me.tokens' }, async ({ actor }) => {
    const found = await tokens.list(actor.county, actor.staffId)
    return { items: found.map((token) => tokenView(token, clock.now())) }
  })
  api.post(
    '/me/tokens',
    {
      summary: 'Make an API token; its text is told once',
      guard,
      audit: 'me.token-make',
      body: tokenSchema,
      status: 201,
    },
    ({ body, by, req, res }) => {
      res.set('Cache-Control', 'no-store')
      return makeOwnToken(services, { ...body, address: addressOf(req) }, by)
    },
  )
  api.post(
    '/me/tokens/:id/revoke',
    { summary: 'Take an API token out of use', guard, audit: 'me.token-revoke' },
    ({ params, by }) => revokeOwnToken(services, params['id'] ?? '', by),
  )

  async function own(actor: Actor): Promise<object> {
    const person = await staff.find(actor.county, actor.staffId)
    if (!person) throw new DomainError('auth.required', 'Sign in first')
    return staffView(person, clock.now())
  }

  /** A session that asked goes on; a token has none. */
  function stay({ req, res }: Context, generation: number): object {
    if (res.locals['signInKind'] === 'session') keepSession(req, generation)
    return { sessionsEnded: true }
  }
}
