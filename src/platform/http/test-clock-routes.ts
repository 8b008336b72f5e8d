import type { Router } from 'express'
import express from 'express'
import { z } from 'zod'
import { DomainError } from '../../shared/errors.ts'
import type { ClockMover, Move } from '../clock/index.ts'

/** Longest jump. Seconds: ten years. */
const LONGEST_JUMP_S = 10 * 366 * 86_400

const moveSchema = z.union([
  z.strictObject({ at: z.iso.datetime({ offset: true }).transform((text) => new Date(text)) }),
  z.strictObject({ advanceSeconds: z.number().min(0).max(LONGEST_JUMP_S) }),
])

/**
 * The test clock: `GET /test/clock`, `POST /test/clock` with `{"at":RFC3339}` or `{"advanceSeconds":N}`.
 *
 * The answer comes when every deadline due by then has fired and everything is announced. Mounted only with `CLOCK=test`, before sessions and
 * CSRF: it is a tool of test runs, which production refuses.
 */
export function testClockRouter(mover: ClockMover): Router {
  const router = express.Router()
  router.get('/test/clock', (_req, res) => void res.json(shown(mover.now())))
  router.post('/test/clock', express.json(), async (req, res) => {
    const move = moveSchema.safeParse(req.body)
    if (!move.success)
      throw new DomainError('form.invalid', 'Send {"at": RFC 3339 with offset} or {"advanceSeconds": number}')
    res.json(shown(await mover.move(move.data satisfies Move)))
  })
  return router
}

function shown(now: Date): { now: string } {
  return { now: now.toISOString() }
}
