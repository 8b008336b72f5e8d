import type { Condition, PermissionTable } from '../shared/permissions.ts'

/** What is done at a line. */
export type LineAction = 'line.work' | 'callback.done'

/** A line is the unit whose operators answer. */
export interface LineSubject {
  readonly county: string
  readonly line: string
}

const ownLine: Condition<LineSubject> = {
  name: 'own line',
  holds: ({ line }, held) => line === held.unit,
  filter: (held) => ({ line: held.unit }),
}

/** Who works at a line. */
export const LINE_PERMISSIONS: PermissionTable<LineAction, LineSubject> = {
  'line.work': { operator: ownLine, hotline_supervisor: ownLine },
  'callback.done': { operator: ownLine, hotline_supervisor: ownLine },
}
