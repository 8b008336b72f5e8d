import { z } from 'zod'
import { fileField } from '../../platform/http/index.ts'
import { SUSPENSE_REASONS } from './match.ts'

/** Which account at the bank is the fund's. */
export const accountSchema = z.object({
  account: z.string().trim().min(1, 'ledger:bank.form.accountMissing').max(60, 'ledger:bank.form.accountMissing'),
})

/** A statement as the bank gave it. */
export const statementSchema = z.object({ file: fileField('ledger:bank.form.fileMissing') })

const lineId = z.string('ledger:bank.form.lineMissing').min(1, 'ledger:bank.form.lineMissing').max(200)

/** A line, to confirm or drop what is proposed for it. */
export const lineSchema = z.object({ lineId })

/** What explains a line: an entry, or a reason. */
export const proposalSchema = z.object({
  lineId,
  entryId: z.string().max(80).optional(),
  reason: z.enum(SUSPENSE_REASONS).optional(),
})

/** The same as the page's one field says it: `entry:ID` or `reason:CODE`. */
export const explainSchema = z
  .object({ lineId, explain: z.string('ledger:bank.form.explainMissing').min(1, 'ledger:bank.form.explainMissing') })
  .transform(({ lineId: id, explain }) => {
    const [kind, ...rest] = explain.split(':')
    return { lineId: id, [kind === 'entry' ? 'entryId' : 'reason']: rest.join(':') }
  })
  .pipe(z.preprocess((value) => value, proposalSchema))
