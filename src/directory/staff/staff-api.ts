import type { ApiRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import type { Actor } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import type { ResetServices } from '../sign-in/reset-account.ts'
import { askReset, confirmReset, resetView, withdrawReset } from '../sign-in/reset-account.ts'
import { unlockAccount } from '../sign-in/unlock-account.ts'
import type { AddStaffServices } from './add-staff.ts'
import { addStaff } from './add-staff.ts'
import { changeRoles, editStaff } from './edit-staff.ts'
import { endStaff } from './end-staff.ts'
import type { Staff } from './staff.ts'
import { editStaffSchema, newStaffSchema, resetSchema, rolesBody, staffListSchema } from './staff-forms.ts'
import { listStaff } from './staff-list.ts'
import { staffPermissions } from './staff-permissions.ts'
import { colleagueView, staffView } from './staff-view.ts'

export interface StaffRouteServices extends AddStaffServices, ResetServices {
  readonly clock: Clock
}

/** The staff under `/api/v1/staff`, resets under `/api/v1/resets`. */
export function staffApi(api: ApiRouter, services: StaffRouteServices): void {
  const { staff, resets, clock } = services
  const view = mayAct(staffPermissions, 'staff.view')
  const edit = mayAct(staffPermissions, 'staff.edit')
  const reset = mayAct(staffPermissions, 'staff.reset')

  api.get(
    '/staff',
    { summary: 'People this account may see', guard: view, audit: 'staff.list', query: staffListSchema },
    async ({ actor, query }) => {
      const { items, next } = listStaff(await staff.book(actor.county), actor, query, clock.now())
      return { items: items.map((person) => colleagueView(person, clock.now())), next: next ?? null }
    },
  )
  api.get('/staff/:id', { summary: 'One person', guard: view, audit: 'staff.read' }, async ({ actor, params }) =>
    staffView(await visible(services, actor, params['id']), clock.now()),
  )
  api.post(
    '/staff',
    {
      summary: 'Add a person; the one-time password is told once',
      guard: edit,
      audit: 'staff.add',
      body: newStaffSchema,
      status: 201,
    },
    ({ body, by, res }) => {
      res.set('Cache-Control', 'no-store')
      return addStaff(services, body, by)
    },
  )
  api.put(
    '/staff/:id',
    { summary: 'Change a person', guard: edit, audit: 'staff.edit', body: editStaffSchema, versioned: true },
    ({ params, body, version = 0, by }) =>
      editStaff(services, { staffId: params['id'] ?? '', version, change: body }, by),
  )
  api.put(
    '/staff/:id/roles',
    { summary: 'Give a person other roles', guard: edit, audit: 'staff.roles', body: rolesBody, versioned: true },
    ({ params, body, version = 0, by }) =>
      changeRoles(services, { staffId: params['id'] ?? '', version, roles: body.roles }, by),
  )
  api.post(
    '/staff/:id/end',
    { summary: 'Somebody leaves, now', guard: edit, audit: 'staff.end', versioned: true },
    ({ params, version = 0, by }) => endStaff(services, { staffId: params['id'] ?? '', version }, by),
  )
  api.post(
    '/staff/:id/unlock',
    {
      summary: 'Let somebody try the password again',
      guard: mayAct(staffPermissions, 'staff.unlock'),
      audit: 'staff.unlock',
    },
    ({ params, by }) => unlockAccount(services, { staffId: params['id'] ?? '' }, by),
  )
  api.post(
    '/staff/:id/resets',
    {
      summary: 'Ask for a reset; another administrator confirms',
      guard: reset,
      audit: 'reset.ask',
      body: resetSchema,
      status: 201,
    },
    ({ params, body, by }) => askReset(services, { staffId: params['id'] ?? '', kind: body.kind }, by),
  )
  api.get('/resets', { summary: 'Resets that wait', guard: reset, audit: 'reset.list' }, async ({ actor }) => {
    const open = await resets.open(actor.county, clock.now())
    return { items: open.map(resetView), next: null }
  })
  api.post(
    '/resets/:id/confirm',
    { summary: 'Confirm a reset that another administrator asked for', guard: reset, audit: 'reset.confirm' },
    ({ params, by, res }) => {
      res.set('Cache-Control', 'no-store')
      return confirmReset(services, params['id'] ?? '', by)
    },
  )
  api.post(
    '/resets/:id/withdraw',
    { summary: 'Take a reset back', guard: reset, audit: 'reset.withdraw' },
    ({ params, by }) => withdrawReset(services, params['id'] ?? '', by),
  )
}

/**
 * A person the actor may see. Who may not see them is told that there is nobody.
 *
 * @throws DomainError `staff.not_found`
 */
export async function visible(
  { staff }: Pick<StaffRouteServices, 'staff'>,
  actor: Actor,
  staffId: string | undefined,
): Promise<Staff> {
  const person = await staff.find(actor.county, staffId ?? '')
  if (!person || !may(staffPermissions, actor, 'staff.view', person))
    throw new DomainError('staff.not_found', 'No such person')
  return person
}
