import { z } from 'zod'
import { secretField, textField } from '../fields.ts'

/** Account and password. */
export const signInForm = z.object({ account: textField(64), password: secretField, next: z.string().optional() })

/** The code of an authenticator. */
export const codeForm = z.object({ code: textField(20) })

/** A new password, typed twice so that a slip is noticed. */
export const newPasswordForm = z
  .object({ next: secretField, again: secretField })
  .refine(({ next, again }) => next === again, { path: ['again'], message: 'directory:errors.password_again' })
