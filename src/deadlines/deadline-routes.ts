import { z } from 'zod'
import type { ApiRouter } from '../platform/http/index.ts'
import { createApiRouter, mayAct } from '../platform/http/index.ts'
import type { Filter } from '../shared/permissions.ts'
import { filterFor } from '../shared/permissions.ts'
import { deadlineAnswer } from './deadline-answer.ts'
import { DEADLINE_PERMISSIONS } from './deadline-permissions.ts'
import type { DeadlineStore } from './deadline-store.ts'

const listSchema = z.object({
  subject: z
    .string()
    .max(100)
    .regex(/^[a-z]+:.+$/)
    .optional(),
  unit: z.string().max(40).optional(),
  name: z.string().max(60).optional(),
  state: z.enum(['RUNNING', 'PAUSED', 'MET', 'BREACHED', 'CANCELLED']).optional(),
  /** Only what is still owed, unless asked otherwise. */
  open: z.enum(['true', 'false', 'all']).default('true'),
  dueBefore: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(100).optional(),
})

/** Clocks across cases under `/api/v1/deadlines`, the nearest first. */
export function deadlinesApi(services: { readonly deadlineStore: DeadlineStore }): ApiRouter {
  const api = createApiRouter()
  api.get(
    '/deadlines',
    {
      summary: 'Clocks this account may see, the nearest first',
      guard: mayAct(DEADLINE_PERMISSIONS, 'deadline.read'),
      audit: 'deadline.list',
      query: listSchema,
    },
    async ({ actor, query }) => {
      const { deadlines, next } = await services.deadlineStore.list(actor.county, {
        visible: filterFor(DEADLINE_PERMISSIONS, actor, 'deadline.read'),
        where: whereOf(query),
        limit: query.limit,
        ...(query.after ? { after: query.after } : {}),
      })
      return { items: deadlines.map(deadlineAnswer), next: next ?? null }
    },
  )
  return api
}

function whereOf({ subject, unit, name, state, open, dueBefore }: z.output<typeof listSchema>): Filter {
  return {
    ...(subject ? { subject } : {}),
    ...(unit ? { unit } : {}),
    ...(name ? { name } : {}),
    ...(state ? { state } : {}),
    ...(open === 'all' || state ? {} : { isOpen: open === 'true' }),
    ...(dueBefore ? { dueAt: { $lt: new Date(dueBefore) } } : {}),
  }
}
