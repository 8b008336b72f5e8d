import { z } from 'zod'

/** `2026-11`. */
export const periodField = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'ledger:form.monthWrong')

/** The month to close. */
export const closeSchema = z.object({ period: periodField })
