import type { FormParts, FormView, Presenter } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import type { TotpSetup } from './second-factor.ts'

/** What the page for setting up a second factor shows. */
export interface TotpPage {
  readonly title: string
  /** For the QR code. */
  readonly uri: string
  /** In groups of four, for typing. */
  readonly secret: string
  readonly form: FormView
}

export function totpPage({ secret, uri }: TotpSetup, present: Presenter, parts: FormParts): TotpPage {
  return {
    title: present.t('directory:me.totpTitle'),
    uri,
    secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
    form: formView(present, { ...parts, values: {} }),
  }
}
