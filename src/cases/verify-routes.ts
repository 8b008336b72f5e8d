import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { caseDone } from './case-done.ts'
import { nothingSchema } from './case-forms.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import { closeCase } from './close-case.ts'
import { verifyCase } from './verify-case.ts'

export type VerifyRouteServices = Parameters<typeof verifyCase>[0] & Parameters<typeof closeCase>[0]

/** Both ends of the work on a case: verifying begins, everything is done. */
export function verifyApi(services: VerifyRouteServices, api: ApiRouter): void {
  api.post(
    '/cases/:no/verify',
    { summary: 'Begin to verify', guard: mayAct(CASE_PERMISSIONS, 'case.verify'), audit: 'case.verify' },
    ({ params, version, by }) => verifyCase(services, { no: params['no'] ?? '', version }, by),
  )
  api.post(
    '/cases/:no/close',
    { summary: 'Close a finished case', guard: mayAct(CASE_PERMISSIONS, 'case.close'), audit: 'case.close' },
    ({ params, version, by }) => closeCase(services, { no: params['no'] ?? '', version }, by),
  )
}

/** The same as buttons of one press. */
export function verifyPages(services: VerifyRouteServices, pages: PageRouter): void {
  pages.post(
    '/cases/:no/verify',
    { guard: mayAct(CASE_PERMISSIONS, 'case.verify'), audit: 'case.verify', form: nothingSchema },
    ({ params, version, by }) => caseDone(verifyCase(services, { no: params['no'] ?? '', version }, by), 'verified'),
  )
  pages.post(
    '/cases/:no/close',
    { guard: mayAct(CASE_PERMISSIONS, 'case.close'), audit: 'case.close', form: nothingSchema },
    ({ params, version, by }) => caseDone(closeCase(services, { no: params['no'] ?? '', version }, by), 'closed'),
  )
}
