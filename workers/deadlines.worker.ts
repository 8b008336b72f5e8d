import { z } from 'zod'
import type { FireDeadlineServices } from '../src/deadlines/index.ts'
import { fireDeadline } from '../src/deadlines/index.ts'

const jobSchema = z.object({ _id: z.string(), county: z.string(), version: z.int() })

/** Queue `deadlines`: fires the clock that the job wakes, if it is due and nobody did. */
export async function fireDeadlineJob(services: FireDeadlineServices, payload: unknown): Promise<void> {
  await fireDeadline(services, jobSchema.parse(payload))
}
