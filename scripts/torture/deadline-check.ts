import type { Connection } from 'mongoose'
import type { Deadline } from '../../src/deadlines/index.ts'
import { deadlineModel } from '../../src/deadlines/index.ts'
import { journalModels, verifyJournal } from '../../src/journal/index.ts'
import { native } from '../../src/platform/mongo/index.ts'
import { COUNTY } from './deadline-world.ts'

/** What must have become of a round's clocks, by name. */
export interface Expected {
  /** Missed, each told once; those with a reminder reminded once before. */
  readonly breached: readonly Deadline[]
  /** Left alone: not due, done in time, or called off. */
  readonly untouched: readonly Deadline[]
  /** Subjects on which a missed acknowledgement must have started exactly one next step, itself missed once. */
  readonly escalated: readonly string[]
}

/** How many of a round's clocks are still to be missed, those that a chain starts included. */
export async function stillToFire(connection: Connection, { breached, escalated }: Expected): Promise<number> {
  const deadlines = native(deadlineModel(connection))
  const subjects = [...new Set([...breached.map(({ subject }) => subject), ...escalated])]
  const fired = await deadlines.countDocuments({ county: COUNTY, subject: { $in: subjects }, state: 'BREACHED' })
  return breached.length + escalated.length - fired
}

/** @throws Error naming every clock that was lost, fired twice, fired without cause, or told differently from what is stored */
export async function checkRound(connection: Connection, expected: Expected): Promise<void> {
  const { journal, outbox } = journalModels(connection)
  const subjects = [...expected.breached, ...expected.untouched].map(({ subject }) => subject)
  const lines = await native(journal)
    .find({ county: COUNTY, stream: { $in: [...new Set(subjects)] } })
    .toArray()
  const stored = (await native(deadlineModel(connection))
    .find({ county: COUNTY, subject: { $in: [...new Set(subjects)] } })
    .toArray()) as Deadline[]
  const told = (type: string, id: string): number =>
    lines.filter((line) => line.type === type && (line.data as { deadlineId?: string }).deadlineId === id).length

  const faults = [
    ...expected.breached.flatMap(({ _id, remindAt }) => [
      ...unless(told('deadline.breached', _id) === 1, `${_id} was told missed ${told('deadline.breached', _id)} times`),
      ...unless(!remindAt || told('deadline.reminded', _id) <= 1, `${_id} was reminded twice`),
      ...unless(stored.find((found) => found._id === _id)?.state === 'BREACHED', `${_id} is not stored as missed`),
    ]),
    ...expected.untouched.flatMap(({ _id }) =>
      unless(told('deadline.breached', _id) === 0, `${_id} was told missed although it was not`),
    ),
    ...expected.escalated.flatMap((subject) => {
      const steps = stored.filter((found) => found.subject === subject && found.name === 'dispatch.step.1')
      const [step] = steps
      return unless(
        steps.length === 1 && step !== undefined && told('deadline.breached', step._id) === 1,
        `${subject} was handed on ${steps.length} times`,
      )
    }),
    ...unless((await native(outbox).countDocuments({ county: COUNTY })) === 0, 'facts wait to be announced'),
    ...(await verifyJournal(connection, COUNTY)).faults.map(({ line, why }) => `journal line ${line}: ${why}`),
  ]
  if (faults.length > 0) throw new Error(faults.slice(0, 20).join('\n'))
}

function unless(holds: boolean, fault: string): string[] {
  return holds ? [] : [fault]
}
