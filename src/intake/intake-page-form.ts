import { z } from 'zod'
import { intakeSchema } from './intake-forms.ts'

const asList = (value: unknown): unknown => (value === undefined ? [] : Array.isArray(value) ? value : [value])

/** What the page sends is checked only now: words of enumerations may be wrong until here. */
function asSent(values: object): z.input<typeof intakeSchema> {
  return values as z.input<typeof intakeSchema>
}

/** The flat fields of the page, put into the shape every door sends. One form serves hotline and walk-in. */
export const intakePageSchema = z
  .object({
    channel: z.string().default('window'),
    callType: z.string().default('HELP'),
    urgency: z.string().default('P1'),
    place: z.string().default(''),
    placeCode: z.string().default(''),
    phone: z.string().default(''),
    text: z.string().default(''),
    needy: z.string().default('unknown'),
    tags: z.preprocess(asList, z.array(z.string())),
    personName: z.string().default(''),
    personIdentity: z.string().default(''),
    callSid: z.string().default(''),
    draft: z.string().optional(),
  })
  .transform(({ place, placeCode, personName, personIdentity, phone, needy, draft: _draft, ...rest }) =>
    asSent({
      ...rest,
      phone,
      needy,
      place: { text: place, code: placeCode },
      personInNeed: { name: personName, identityNumber: personIdentity, phone: needy === 'self' ? phone : '' },
    }),
  )
  .pipe(intakeSchema)

/** Names of the page's fields for the paths of the schema. */
export const FIELD_OF_PATH: Readonly<Record<string, string>> = {
  'place.text': 'place',
  'place.code': 'place',
  'personInNeed.name': 'personName',
  'personInNeed.identityNumber': 'personIdentity',
}
