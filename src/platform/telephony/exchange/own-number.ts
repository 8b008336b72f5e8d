import { z } from 'zod'
import { toDialable } from '../dialable.ts'

const address = z.url({ protocol: /^https?$/ })

/** A number of the product, and where the exchange asks what to do for it. */
export const ownNumberSchema = z.object({
  number: z.string().transform((spelling, context) => {
    const number = toDialable(spelling)
    if (number?.startsWith('client:') === false && number !== 'anonymous') return number
    context.addIssue({ code: 'custom', message: `${spelling} is no number` })
    return z.NEVER
  }),
  voiceUrl: address.optional(),
  voiceFallbackUrl: address.optional(),
  statusCallback: address.optional(),
  smsUrl: address.optional(),
  smsFallbackUrl: address.optional(),
})

export type OwnNumber = z.infer<typeof ownNumberSchema>

/** The product's numbers; a changed one counts from the next call on. */
export interface OwnNumbers {
  find(number: string): OwnNumber | undefined
  all(): OwnNumber[]
  put(number: OwnNumber): void
}

/** A register of the product's numbers. */
export function createOwnNumbers(numbers: readonly OwnNumber[]): OwnNumbers {
  const byNumber = new Map(numbers.map((own) => [own.number, own]))
  return {
    find: (number) => byNumber.get(number),
    all: () => [...byNumber.values()],
    put: (own) => byNumber.set(own.number, own),
  }
}
