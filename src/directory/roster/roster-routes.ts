import type { FormContext, PageAnswer, PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import type { Actor } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import { momentOf } from '../../shared/china-day.ts'
import { defined } from '../defined.ts'
import { nothing } from '../fields.ts'
import type { Unit } from '../units/unit.ts'
import { isOver } from '../validity.ts'
import { addAbsence, changeAbsence } from './add-absence.ts'
import { addShift, endShift } from './add-shift.ts'
import { openNote } from './hand-over.ts'
import { handOverShift, readHandOver } from './hand-over-shift.ts'
import type { RosterRouteServices } from './roster-api.ts'
import { maySee, refuseToSee } from './roster-api.ts'
import { absenceForm, handOverForm, shiftForm } from './roster-forms.ts'
import type { NoteLine, RosterForm, RosterPageParts } from './roster-page.ts'
import { rosterListPage, rosterPage } from './roster-page.ts'
import { rosterPermissions } from './roster-permissions.ts'
import { shiftTimes } from './shift-days.ts'
import { findGaps } from './watch-roster.ts'

/** How far ahead the page warns of gaps. Milliseconds, 24 hours. */
const AHEAD_MS = 86_400_000

/** Most notes shown. */
const NOTES = 20

/** Rosters under `/roster`. */
export function rosterPages(pages: PageRouter, services: RosterRouteServices): void {
  const { roster, hotlines, vault, clock } = services
  const view = mayAct(rosterPermissions, 'roster.view')
  const edit = mayAct(rosterPermissions, 'roster.edit')
  const write = mayAct(rosterPermissions, 'handover.write')

  pages.get('/roster', { guard: view, audit: 'roster.list' }, async ({ actor, res }) => {
    const book = await roster.book(actor.county)
    const shown = book.units.all.filter((unit) => isShown(unit, clock.now()) && maySee(actor, unit._id))
    const [only, ...others] = shown
    if (only && others.length === 0) return { redirect: `/roster/${only._id}` }
    return { view: 'directory/rosters', model: rosterListPage(book, shown, presenterOf(res)) }
  })

  pages.get('/roster/:unit', { guard: view, audit: 'roster.read' }, (context) => show(context))

  pages.post(
    '/roster/:unit/shifts',
    { guard: edit, audit: 'roster.shift-add', form: shiftForm },
    async (context) => {
      const { form, by } = context
      if (!form.ok) return typed(context, 'shift')
      const { staffId, part, line, ...days } = form.values
      const shift = { unit: unitOf(context), staffId, part, line, ...shiftTimes(days) }
      await addShift(services, defined(shift), by)
      return saved(context, 'shiftAdded')
    },
    refused('shift'),
  )

  pages.post(
    '/roster/:unit/shifts/:id/end',
    { guard: edit, audit: 'roster.shift-end', form: nothing },
    async (context) => {
      await endShift(services, { shiftId: context.params['id'] ?? '' }, context.by)
      return saved(context, 'shiftEnded')
    },
    refused('shift'),
  )

  pages.post(
    '/roster/:unit/absences',
    { guard: view, audit: 'roster.absence-add', form: absenceForm },
    async (context) => {
      const { form, by } = context
      if (!form.ok) return typed(context, 'absence')
      const { awayStaff, awayFrom, awayTo, substituteId } = form.values
      const absence = { unit: unitOf(context), staffId: awayStaff, from: awayFrom, to: awayTo, substituteId }
      await addAbsence(services, defined(absence), by)
      return saved(context, 'absenceAdded')
    },
    refused('absence'),
  )

  pages.post(
    '/roster/:unit/absences/:id/end',
    { guard: view, audit: 'roster.absence-change', form: nothing },
    async (context) => {
      await changeAbsence(services, { absenceId: context.params['id'] ?? '', to: clock.now() }, context.by)
      return saved(context, 'absenceEnded')
    },
    refused('absence'),
  )

  pages.post(
    '/roster/:unit/notes',
    { guard: write, audit: 'roster.hand-over', form: handOverForm },
    async (context) => {
      const { form, by } = context
      if (!form.ok) return typed(context, 'note')
      await handOverShift(services, { unit: unitOf(context), text: form.values.text }, by)
      return saved(context, 'handedOver')
    },
    refused('note'),
  )

  pages.post(
    '/roster/:unit/notes/:id/read',
    { guard: write, audit: 'roster.hand-over-read', form: nothing },
    async (context) => {
      await readHandOver(services, context.params['id'] ?? '', context.by)
      return { redirect: `/roster/${unitOf(context)}` }
    },
    refused('note'),
  )

  async function show(context: PageContext, fault?: RosterPageParts['fault']): Promise<PageAnswer> {
    const { actor, query, res } = context
    const id = unitOf(context)
    const now = clock.now()
    const book = await roster.book(actor.county)
    const unit = book.units.get(id)
    if (!unit) throw new DomainError('unit.not_found', 'No such unit')
    refuseToSee(actor, id)
    const gaps = await findGaps(services, actor.county, { from: now, to: new Date(now.getTime() + AHEAD_MS) })
    const lines = (await hotlines.list(actor.county)).filter((line) => line.unit === id && !isOver(line, now))
    const parts: RosterPageParts = {
      book,
      unit,
      week: weekOf(query['week'], now),
      gaps: gaps.filter((gap) => gap.unit === id),
      notes: await notesOf(actor, id),
      lines: lines.map(({ _id, name }) => ({ id: _id, name })),
      me: actor.staffId,
      mayEdit: may(rosterPermissions, actor, 'roster.edit', { county: actor.county, unit: id }),
      fault,
    }
    return { view: 'directory/roster', model: rosterPage(parts, presenterOf(res)) }
  }

  async function notesOf(actor: Actor, unit: string): Promise<NoteLine[] | undefined> {
    if (!may(rosterPermissions, actor, 'handover.write', { county: actor.county, unit })) return undefined
    const notes = await roster.handOvers(actor.county, unit, NOTES)
    return notes.map((note) => ({
      id: note._id,
      byStaffId: note.byStaffId,
      at: note.at,
      text: openNote(vault, note),
      readBy: note.readBy.map(({ staffId }) => staffId),
    }))
  }

  async function typed(context: FormContext<unknown>, form: RosterForm): Promise<PageAnswer> {
    const { form: given } = context
    const parts = { values: given.typed, errors: given.ok ? {} : given.errors }
    return { ...(await show(context, { form, parts })), status: 400 }
  }

  function refused(form: RosterForm) {
    return (refusal: DomainError, context: FormContext<unknown>) =>
      show(context, { form, parts: { values: context.form.typed, refusal } })
  }
}

function unitOf({ params }: PageContext): string {
  return params['unit'] ?? ''
}

function saved(context: PageContext, what: string): PageAnswer {
  return { redirect: `/roster/${unitOf(context)}`, flash: { key: `directory:flash.${what}` } }
}

/** Units that have a roster: villages and departments are reached by their posts. */
function isShown(unit: Unit, at: Date): boolean {
  return !isOver(unit, at) && ['county', 'township', 'hotline'].includes(unit.kind)
}

/** The week of a day in the address, this week when there is none. */
function weekOf(text: string | undefined, now: Date): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? momentOf(text ?? '') : now
  return Number.isNaN(day.getTime()) ? now : day
}
