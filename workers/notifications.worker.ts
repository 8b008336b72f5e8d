import { z } from 'zod'
import { sendNotice } from '../src/notifications/index.ts'

const jobSchema = z.object({ county: z.string(), id: z.string() })

/** Queue `notifications`: sends one text or call. */
export async function sendNoticeJob(services: Parameters<typeof sendNotice>[0], payload: unknown): Promise<void> {
  await sendNotice(services, jobSchema.parse(payload))
}
