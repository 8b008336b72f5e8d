import type { ApiRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import type { Actor } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { may } from '../../shared/permissions.ts'
import { DomainError } from '../../shared/errors.ts'
import type { HotlineStore } from '../hotlines/hotline-store.ts'
import type { Span } from '../span.ts'
import { cut } from '../span.ts'
import { addAbsence, changeAbsence } from './add-absence.ts'
import type { RosterServices } from './add-shift.ts'
import { addShift, endShift } from './add-shift.ts'
import { dutyLadder } from './duty-ladder.ts'
import type { Gap } from './gaps.ts'
import { openNote } from './hand-over.ts'
import type { HandOverServices } from './hand-over-shift.ts'
import { handOverShift, readHandOver } from './hand-over-shift.ts'
import {
  absenceSchema,
  changeAbsenceSchema,
  dutyQuery,
  endShiftSchema,
  handOverQuery,
  handOverSchema,
  rosterQuery,
  shiftSchema,
} from './roster-forms.ts'
import { rosterPermissions } from './roster-permissions.ts'
import { stretchesOf } from './shift.ts'
import { absenceView, shiftView } from './shift-view.ts'
import { findGaps } from './watch-roster.ts'

export interface RosterRouteServices extends RosterServices, HandOverServices {
  readonly hotlines: HotlineStore
  readonly clock: Clock
}

/** How far ahead a roster is shown unless asked otherwise. Milliseconds, 7 days; at most 92 days at once. */
const AHEAD_MS = 7 * 86_400_000
const LONGEST_MS = 92 * 86_400_000

/** The roster under `/api/v1/roster`. */
export function rosterApi(api: ApiRouter, services: RosterRouteServices): void {
  const { roster, vault, clock } = services
  const view = mayAct(rosterPermissions, 'roster.view')
  const edit = mayAct(rosterPermissions, 'roster.edit')
  const write = mayAct(rosterPermissions, 'handover.write')

  api.get(
    '/roster',
    { summary: 'The roster of a unit: shifts, absences, gaps', guard: view, audit: 'roster.read', query: rosterQuery },
    async ({ actor, query }) => {
      refuseToSee(actor, query.unit)
      const span = spanOf(query, clock.now())
      const book = await roster.book(actor.county)
      const shifts = book.shiftsOf(query.unit).filter((shift) => stretchesOf(shift, span).length > 0)
      const people = book.staff.all.filter(({ roles }) => roles.some(({ unit }) => unit === query.unit))
      const absences = people.flatMap(({ _id }) => book.absencesOf(_id)).filter((absence) => cut(absence, span))
      const gaps = (await findGaps(services, actor.county, span)).filter(({ unit }) => unit === query.unit)
      return {
        unit: query.unit,
        from: span.from.toISOString(),
        to: span.to.toISOString(),
        shifts: shifts.map(shiftView),
        absences: absences.map(absenceView),
        gaps: gaps.map(gapView),
        people: people.map(({ _id, account, name }) => ({ staffId: _id, account, name })),
      }
    },
  )
  api.get(
    '/roster/duty',
    { summary: 'Who is asked first, second and so on', guard: view, audit: 'roster.duty', query: dutyQuery },
    async ({ actor, query }) => {
      refuseToSee(actor, query.unit)
      const { unit, line } = query
      const at = query.at ?? clock.now()
      const question = { county: actor.county, unit, at, ...(line === undefined ? {} : { line }) }
      return { unit, at: at.toISOString(), items: await dutyLadder(services, question) }
    },
  )
  api.get(
    '/roster/gaps',
    { summary: 'Unmanned shifts of the next 24 hours', guard: view, audit: 'roster.gaps' },
    async ({ actor }) => {
      const gaps = await roster.reportedGaps(actor.county)
      return { items: gaps.filter(({ unit }) => maySee(actor, unit)).map(gapView), next: null }
    },
  )
  api.post(
    '/roster/shifts',
    { summary: 'Put somebody on the roster', guard: edit, audit: 'roster.shift-add', body: shiftSchema, status: 201 },
    ({ body, by }) => addShift(services, body, by),
  )
  api.post(
    '/roster/shifts/:id/end',
    { summary: 'Take a shift off the roster', guard: edit, audit: 'roster.shift-end', body: endShiftSchema },
    ({ params, body, by }) => endShift(services, { shiftId: params['id'] ?? '', at: body.at }, by),
  )
  api.post(
    '/roster/absences',
    {
      summary: 'Record that somebody is away',
      guard: view,
      audit: 'roster.absence-add',
      body: absenceSchema,
      status: 201,
    },
    ({ body, by }) => addAbsence(services, body, by),
  )
  api.post(
    '/roster/absences/:id',
    {
      summary: 'End an absence earlier or name a substitute',
      guard: view,
      audit: 'roster.absence-change',
      body: changeAbsenceSchema,
    },
    ({ params, body, by }) => changeAbsence(services, { absenceId: params['id'] ?? '', ...body }, by),
  )
  api.get(
    '/roster/hand-overs',
    { summary: 'Notes from shift to shift', guard: write, audit: 'roster.hand-overs', query: handOverQuery },
    async ({ actor, query }) => {
      if (!may(rosterPermissions, actor, 'handover.write', { county: actor.county, unit: query.unit }))
        throw forbidden()
      const notes = await roster.handOvers(actor.county, query.unit, query.limit)
      return {
        items: notes.map((note) => ({
          id: note._id,
          unit: note.unit,
          by: note.byStaffId,
          at: note.at.toISOString(),
          text: openNote(vault, note),
          readBy: note.readBy.map(({ staffId, at }) => ({ staffId, at: at.toISOString() })),
        })),
        next: null,
      }
    },
  )
  api.post(
    '/roster/hand-overs',
    {
      summary: 'Leave a note for the next shift',
      guard: write,
      audit: 'roster.hand-over',
      body: handOverSchema,
      status: 201,
    },
    ({ body, by }) => handOverShift(services, body, by),
  )
  api.post(
    '/roster/hand-overs/:id/read',
    { summary: 'Confirm that a note was read', guard: write, audit: 'roster.hand-over-read' },
    ({ params, by }) => readHandOver(services, params['id'] ?? '', by),
  )
}

/** Whether the actor sees the roster of a unit. */
export function maySee(actor: Actor, unit: string): boolean {
  return may(rosterPermissions, actor, 'roster.view', { county: actor.county, unit })
}

/** @throws DomainError `roster.forbidden` */
export function refuseToSee(actor: Actor, unit: string): void {
  if (!maySee(actor, unit)) throw forbidden()
}

function forbidden(): DomainError {
  return new DomainError('roster.forbidden', 'This roster is not yours')
}

function spanOf({ from, to }: { from?: Date | undefined; to?: Date | undefined }, now: Date): Span {
  const begin = from ?? now
  const end = to ?? new Date(begin.getTime() + AHEAD_MS)
  if (end <= begin || end.getTime() - begin.getTime() > LONGEST_MS)
    throw new DomainError('roster.span', 'Ask for at most 92 days, the end after the beginning')
  return { from: begin, to: end }
}

function gapView({ unit, line, from, to }: Gap): object {
  return { unit, ...(line === undefined ? {} : { line }), from: from.toISOString(), to: to.toISOString() }
}
