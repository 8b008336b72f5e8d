import { z } from 'zod'
import type { RoleInUnit } from '../../shared/actor.ts'
import { ROLES } from '../../shared/actor.ts'
import { defined } from '../defined.ts'
import { languageField, optionalMoment, optionalPhone, optionalText, textField } from '../fields.ts'
import { RESET_KINDS } from '../sign-in/reset.ts'

const roleSchema = z.object({ role: z.enum(ROLES), unit: textField(60) })

/** Most roles one person holds. */
const MAX_ROLES = 12

/** How many roles a page's form has room for. */
export const ROLE_LINES = 4

const rolesSchema = z.array(roleSchema).min(1, 'directory:errors.staff_roles_missing').max(MAX_ROLES)

const PERSON = { name: textField(40), unit: textField(60), language: languageField, phone: optionalPhone }

/** A new member of the staff as the API gives it. */
export const newStaffSchema = z
  .object({
    account: textField(64),
    ...PERSON,
    language: languageField.default('zh-CN'),
    roles: rolesSchema,
    validFrom: optionalMoment,
    validTo: optionalMoment,
  })
  .transform(defined)

/** What is changed of a person. The phone stays when it is left out, and goes when it is `""`. */
export const editStaffSchema = z.object({
  ...PERSON,
  phone: z.union([z.literal(''), optionalPhone]).optional(),
})

/** All roles of a person. */
export const rolesBody = z.object({ roles: rolesSchema })

/** What is to be reset. */
export const resetSchema = z.object({ kind: z.enum(RESET_KINDS, 'common:field.choose') })

/** Which people a list shows. */
export const staffListSchema = z.object({
  unit: z.string().max(60).optional(),
  /** Part of a name or account. */
  q: z.string().trim().max(60).optional(),
  state: z.enum(['active', 'all']).default('active'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Account after which the page begins. */
  after: z.string().max(64).optional(),
})

const line = optionalText(60)

/** Roles as a page's form sends them: up to four lines of role and unit. */
const roleLines = Object.fromEntries(
  Array.from({ length: ROLE_LINES }, (_, index) => [
    [`role${index + 1}`, z.preprocess((value) => (value === '' ? undefined : value), z.enum(ROLES).optional())],
    [`roleUnit${index + 1}`, line],
  ]).flat(),
) as Record<string, z.ZodType<string | undefined>>

/** A new member of the staff as a page's form gives it. */
export const newStaffForm = z
  .object({ account: textField(64), ...PERSON, validTo: optionalMoment })
  .and(z.object(roleLines).transform(rolesOf))

/** The roles of a person as a page's form gives them. */
export const rolesForm = z.object(roleLines).transform(rolesOf)

function rolesOf(
  values: Readonly<Record<string, string | undefined>>,
  context: z.core.$RefinementCtx,
): { roles: RoleInUnit[] } {
  const roles = Array.from({ length: ROLE_LINES }, (_, index) => ({
    role: values[`role${index + 1}`],
    unit: values[`roleUnit${index + 1}`],
    name: `roleUnit${index + 1}`,
  })).filter(({ role }) => role !== undefined)
  for (const { unit, name } of roles)
    if (unit === undefined) context.addIssue({ code: 'custom', path: [name], message: 'common:field.choose' })
  if (roles.length === 0)
    context.addIssue({ code: 'custom', path: ['role1'], message: 'directory:errors.staff_roles_missing' })
  return { roles: roles.map(({ role, unit }) => ({ role, unit }) as RoleInUnit) }
}

/** Roles as values of these lines. */
export function roleValues(roles: readonly RoleInUnit[]): Record<string, string> {
  return Object.fromEntries(
    roles.flatMap(({ role, unit }, index) => [
      [`role${index + 1}`, role],
      [`roleUnit${index + 1}`, unit],
    ]),
  )
}
