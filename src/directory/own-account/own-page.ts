import type { FormParts, FormView, Presenter, TableView } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import type { Staff } from '../staff/staff.ts'
import type { UnitBook } from '../units/unit-book.ts'
import type { TokenView } from './own-tokens.ts'
import { TOKEN_DAYS } from './own-tokens.ts'

/** One of the forms of the page, by what it does. */
export type OwnForm = 'language' | 'password' | 'totp' | 'totp-remove' | 'token'

/** What one's own page shows. */
export interface OwnPage {
  readonly title: string
  readonly rows: readonly { readonly label: string; readonly cell: { readonly text: string; readonly note?: string } }[]
  readonly languages: readonly { readonly value: string; readonly text: string }[]
  readonly account: string
  readonly secondFactor: boolean
  readonly forms: Readonly<Record<OwnForm, FormView>>
  readonly tokens: TableView
  readonly revoke: readonly { readonly label: string; readonly action: string }[]
}

/** What somebody typed into one of the forms, to be shown again in it. */
export interface OwnFault {
  readonly form: OwnForm
  readonly parts: FormParts
}

export interface OwnPageParts {
  readonly person: Staff
  readonly units: UnitBook
  readonly tokens: readonly TokenView[]
  readonly fault?: OwnFault | undefined
}

/** One's own account: who I am, language, password, second factor, tokens. */
export function ownPage({ person, units, tokens, fault }: OwnPageParts, present: Presenter): OwnPage {
  const { t } = present
  const form = (name: OwnForm, values: Readonly<Record<string, unknown>> = {}) =>
    formView(present, fault?.form === name ? withoutSecrets(fault.parts) : { values })
  return {
    title: t('directory:me.title'),
    rows: [
      { label: t('directory:staff.name'), cell: { text: person.name } },
      { label: t('directory:staff.account'), cell: { text: person.account } },
      { label: t('directory:staff.unit'), cell: { text: units.nameOf(person.unit) } },
      { label: t('directory:staff.roles'), cell: { text: rolesText(person, units, present) } },
    ],
    languages: [
      { value: 'zh-CN', text: '中文' },
      { value: 'en', text: 'English' },
    ],
    account: person.account,
    secondFactor: person.totp !== undefined,
    forms: {
      language: form('language', { language: person.language }),
      password: form('password'),
      totp: form('totp'),
      'totp-remove': form('totp-remove'),
      token: form('token', { days: TOKEN_DAYS }),
    },
    tokens: tokenTable(tokens, present),
    revoke: tokens
      .filter(({ good }) => good)
      .map(({ id, label }) => ({ label: t('directory:me.revoke', { label }), action: `/me/tokens/${id}/revoke` })),
  }
}

/** Roles in words: 值班干部（常乐镇）. */
export function rolesText({ roles }: Pick<Staff, 'roles'>, units: UnitBook, { t }: Presenter): string {
  const words = roles.map(({ role, unit }) =>
    t('directory:roleInUnit', { role: t(`directory:roles.${role}`), unit: units.nameOf(unit) }),
  )
  return words.join(t('directory:comma'))
}

const SECRETS = new Set(['password', 'next', 'again', 'code', 'totpPassword', 'tokenPassword'])

function withoutSecrets(parts: FormParts): FormParts {
  const shown = Object.entries(parts.values ?? {}).filter(([name]) => !SECRETS.has(name))
  return { ...parts, values: Object.fromEntries(shown) }
}

function tokenTable(tokens: readonly TokenView[], present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('directory:me.tokens'),
    hideCaption: true,
    columns: ['label', 'state', 'expires', 'used'].map((name) => ({ text: t(`directory:me.token.${name}`) })),
    rows: tokens.map(({ id, label, good, expiresAt, lastUsedAt }) => ({
      id,
      cells: [
        { text: label },
        { tag: { text: t(`directory:me.token.${good ? 'good' : 'over'}`), tone: good ? 'active' : 'plain' } },
        { text: present.time(expiresAt, 'day') },
        { text: lastUsedAt ? present.time(lastUsedAt) : t('directory:me.token.never') },
      ],
    })),
  }
}
