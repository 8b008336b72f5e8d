import type { FormParts, FormView, Presenter } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import { MIN_PASSWORD } from './password-rules.ts'

/** What the pages of signing in show. */
export interface SignInPage {
  readonly title: string
  readonly form: FormView
  readonly next?: string
  readonly minLength?: number
  readonly account?: string
}

/** Account and password. The password is never shown again. */
export function signInPage(present: Presenter, next: string, parts: FormParts = {}): SignInPage {
  const values = { account: parts.values?.['account'] ?? '', password: '' }
  return { title: present.t('directory:signIn.title'), next, form: formView(present, { ...parts, values }) }
}

/** The code of the authenticator. */
export function codePage(present: Presenter, parts: FormParts = {}): SignInPage {
  return { title: present.t('directory:signIn.codeTitle'), form: formView(present, { ...parts, values: {} }) }
}

/** The first password of one's own. The account is sent along for password managers. */
export function firstPasswordPage(present: Presenter, account: string, parts: FormParts = {}): SignInPage {
  const form = formView(present, { ...parts, values: {} })
  return { title: present.t('directory:signIn.newPasswordTitle'), form, account, minLength: MIN_PASSWORD }
}
