import type { FormContext, PageAnswer, PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import type { FormParts } from '../../platform/views/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import type { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import { defined } from '../defined.ts'
import { nothing } from '../fields.ts'
import { askReset, confirmReset, withdrawReset } from '../sign-in/reset-account.ts'
import { unlockAccount } from '../sign-in/unlock-account.ts'
import { addStaff } from './add-staff.ts'
import { changeRoles, editStaff } from './edit-staff.ts'
import { endStaff } from './end-staff.ts'
import type { StaffRouteServices } from './staff-api.ts'
import { visible } from './staff-api.ts'
import { editStaffSchema, newStaffForm, resetSchema, rolesForm, staffListSchema } from './staff-forms.ts'
import { listStaff } from './staff-list.ts'
import type { StaffForm } from './staff-page.ts'
import { newStaffPage, staffListPage, staffPage, waitingReset } from './staff-page.ts'
import { staffPermissions } from './staff-permissions.ts'

/** The administrator's pages of people and resets. */
export function staffPages(pages: PageRouter, services: StaffRouteServices): void {
  const { staff, units, resets, lockOut, clock } = services
  const view = mayAct(staffPermissions, 'staff.view')
  const edit = mayAct(staffPermissions, 'staff.edit')
  const reset = mayAct(staffPermissions, 'staff.reset')

  pages.get('/admin/staff', { guard: view, audit: 'staff.list' }, async ({ actor, query, res }) => {
    const asked = staffListSchema.safeParse(filled(query))
    const question = asked.success ? asked.data : staffListSchema.parse({})
    const found = listStaff(await staff.book(actor.county), actor, question, clock.now())
    const model = staffListPage(found, await units.book(actor.county), filled(query), presenterOf(res))
    return { view: 'directory/staff-list', model }
  })

  pages.get('/admin/staff/new', { guard: edit, audit: 'staff.form' }, (context) => showNew(context))

  pages.post(
    '/admin/staff',
    { guard: edit, audit: 'staff.add', form: newStaffForm },
    async (context) => {
      const { form, by, res } = context
      if (!form.ok) return { ...(await showNew(context, { values: form.typed, errors: form.errors })), status: 400 }
      const { id, name, oneTimePassword } = await addStaff(services, defined(form.values), by)
      return tell(res, 'directory:staff.added', { name }, oneTimePassword, `/admin/staff/${id}`)
    },
    (refusal, context) => showNew(context, { values: context.form.typed, refusal }),
  )

  pages.get('/admin/staff/:id', { guard: view, audit: 'staff.read' }, (context) => show(context))

  pages.post(
    '/admin/staff/:id',
    { guard: edit, audit: 'staff.edit', form: editStaffSchema },
    async (context) => {
      const { form, params, by, version = 0 } = context
      if (!form.ok) return typed(context, 'person')
      // An empty phone field leaves the number as it is: what is stored is never shown, so it cannot be typed again.
      const change = { ...form.values, phone: form.values.phone === '' ? undefined : form.values.phone }
      await editStaff(services, { staffId: params['id'] ?? '', version, change }, by)
      return saved(context)
    },
    refused('person'),
  )

  pages.post(
    '/admin/staff/:id/roles',
    { guard: edit, audit: 'staff.roles', form: rolesForm },
    async (context) => {
      const { form, params, by, version = 0 } = context
      if (!form.ok) return typed(context, 'roles')
      await changeRoles(services, { staffId: params['id'] ?? '', version, roles: form.values.roles }, by)
      return saved(context)
    },
    refused('roles'),
  )

  pages.post(
    '/admin/staff/:id/end',
    { guard: edit, audit: 'staff.end', form: nothing },
    async (context) => {
      const { params, by, version = 0 } = context
      const { name } = await endStaff(services, { staffId: params['id'] ?? '', version }, by)
      return { redirect: '/admin/staff', flash: { key: 'directory:flash.staffEnded', params: { name } } }
    },
    refused('end'),
  )

  pages.post(
    '/admin/staff/:id/unlock',
    { guard: mayAct(staffPermissions, 'staff.unlock'), audit: 'staff.unlock', form: nothing },
    async (context) => {
      await unlockAccount(services, { staffId: context.params['id'] ?? '' }, context.by)
      return { redirect: pageOf(context), flash: { key: 'directory:flash.unlocked' } }
    },
    refused('end'),
  )

  pages.post(
    '/admin/staff/:id/resets',
    { guard: reset, audit: 'reset.ask', form: resetSchema },
    async (context) => {
      const { form, params, by } = context
      if (!form.ok) return typed(context, 'reset')
      await askReset(services, { staffId: params['id'] ?? '', kind: form.values.kind }, by)
      return { redirect: pageOf(context), flash: { key: 'directory:flash.resetAsked', tone: 'notice' } }
    },
    refused('reset'),
  )

  pages.get('/admin/resets', { guard: reset, audit: 'reset.list' }, (context) => showResets(context))

  pages.post(
    '/admin/resets/:id/confirm',
    { guard: reset, audit: 'reset.confirm', form: nothing },
    async ({ actor, params, by, res }) => {
      const { staffId, oneTimePassword, kind } = await confirmReset(services, params['id'] ?? '', by)
      const back = `/admin/staff/${staffId}`
      if (kind === 'totp') return { redirect: back, flash: { key: 'directory:flash.totpReset' } }
      const name = (await staff.book(actor.county)).nameOf(staffId)
      return tell(res, 'directory:staff.resetDone', { name }, oneTimePassword, back)
    },
    (refusal, context) => showResets(context, refusal),
  )

  pages.post(
    '/admin/resets/:id/withdraw',
    { guard: reset, audit: 'reset.withdraw', form: nothing },
    async ({ params, by }) => {
      await withdrawReset(services, params['id'] ?? '', by)
      return { redirect: '/admin/resets', flash: { key: 'directory:flash.resetWithdrawn' } }
    },
    (refusal, context) => showResets(context, refusal),
  )

  async function showNew({ actor, res }: PageContext, parts?: FormParts): Promise<PageAnswer> {
    const model = newStaffPage(await units.book(actor.county), presenterOf(res), parts)
    return { view: 'directory/staff-new', model }
  }

  async function show(context: PageContext, fault?: { form: StaffForm; parts: FormParts }): Promise<PageAnswer> {
    const { actor, params, res } = context
    const person = await visible(services, actor, params['id'])
    const parts = {
      person,
      units: await units.book(actor.county),
      staff: await staff.book(actor.county),
      resets: await resets.open(actor.county, clock.now(), { staffId: person._id }),
      lockedUntil: await lockOut.lockedUntil(person.account),
      isSelf: actor.staffId === person._id,
      mayEdit: may(staffPermissions, actor, 'staff.edit', person),
      fault,
    }
    return { view: 'directory/staff', model: staffPage(parts, presenterOf(res)) }
  }

  async function showResets({ actor, res }: PageContext, refusal?: DomainError): Promise<PageAnswer> {
    const present = presenterOf(res)
    const book = await staff.book(actor.county)
    const open = await resets.open(actor.county, clock.now())
    const items = open.map((found) => {
      const line = waitingReset(found, { staff: book }, present)
      return { ...line, isMine: line.askedBy === actor.staffId || found.staffId === actor.staffId }
    })
    const said = refusal && present.error(refusal.code, refusal.details)
    return { view: 'directory/resets', model: { title: present.t('directory:resets.title'), items, refusal: said } }
  }

  async function typed(context: FormContext<unknown>, form: StaffForm): Promise<PageAnswer> {
    const { form: given } = context
    const parts = { values: given.typed, errors: given.ok ? {} : given.errors }
    return { ...(await show(context, { form, parts })), status: 400 }
  }

  /** After somebody else's change the form shows what stands there now, otherwise what was typed. */
  function refused(form: StaffForm) {
    return (refusal: DomainError, context: FormContext<unknown>) =>
      show(context, {
        form,
        parts: refusal.code === 'version.stale' ? { refusal } : { values: context.form.typed, refusal },
      })
  }

  function tell(
    res: PageContext['res'],
    key: string,
    params: Record<string, string>,
    secret: string | undefined,
    backHref: string,
  ): PageAnswer {
    res.set('Cache-Control', 'no-store')
    const title = presenterOf(res).t(key, params)
    return { view: 'directory/secret', model: { title, secret, kind: 'password', backHref } }
  }
}

function saved(context: PageContext): PageAnswer {
  return { redirect: pageOf(context), flash: { key: 'directory:flash.saved' } }
}

function pageOf({ params }: PageContext): string {
  return `/admin/staff/${params['id'] ?? ''}`
}

/** A search form sends empty fields; they ask for nothing. */
function filled(query: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
}
