import type { Deadline } from './deadline.ts'

/** A clock as the API answers it: the stored one without what only the firing needs. */
export function deadlineAnswer(deadline: Deadline): object {
  const shown = Object.entries(deadline).filter(([name]) => name !== '_id' && name !== 'nextAt')
  return { id: deadline._id, ...Object.fromEntries(shown) }
}
