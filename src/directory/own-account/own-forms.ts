import { z } from 'zod'
import { languageField, secretField, textField } from '../fields.ts'
import { MAX_TOKEN_DAYS, TOKEN_DAYS } from './own-tokens.ts'

/** The old password, and a new one. */
export const passwordSchema = z.object({ password: secretField, next: secretField })

/** The same on a page, where the new one is typed twice. */
export const passwordForm = passwordSchema
  .extend({ again: secretField })
  .refine(({ next, again }) => next === again, { path: ['again'], message: 'directory:errors.password_again' })

/** The password once more. */
export const proofSchema = z.object({ password: secretField })

/** A code of the authenticator. */
export const codeSchema = z.object({ code: textField(20) })

export const languageSchema = z.object({ language: languageField })

/** The same on the page, where every field of every form has a name of its own. */
export const proofForm = z.object({ totpPassword: secretField })

const TOKEN = {
  label: textField(60),
  days: z.coerce
    .number('directory:errors.token_days')
    .int('directory:errors.token_days')
    .min(1, 'directory:errors.token_days')
    .max(MAX_TOKEN_DAYS, 'directory:errors.token_days')
    .default(TOKEN_DAYS),
}

/** A new API token; the password once more. */
export const tokenSchema = z.object({ ...TOKEN, password: secretField })

/** The same on the page. */
export const tokenForm = z.object({ ...TOKEN, tokenPassword: secretField })
