import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter } from '../platform/http/index.ts'
import { conveneApi, convenePages } from './convene-routes.ts'
import type { MeetingServices } from './meeting-routes.ts'
import { meetingApi, meetingPages } from './meeting-routes.ts'
import type { ProposeServices } from './propose.ts'
import { proposeApi, proposePages } from './propose-routes.ts'
import { queueApi, queuePages } from './queue-routes.ts'
import { resolutionApi, resolutionPages } from './resolution-routes.ts'

export type ConferenceRouteServices = ProposeServices & MeetingServices

/** The queue under `/conference-items`, the meeting's work under `/conferences`. */
export function conferenceApi(services: ConferenceRouteServices): ApiRouter {
  const api = createApiRouter()
  queueApi(services, api)
  proposeApi(services, api)
  conveneApi(services, api)
  meetingApi(services, api)
  resolutionApi(services, api)
  return api
}

/** The board, the case's page for the meeting, and the forms around it. */
export function conferencePages(services: ConferenceRouteServices): PageRouter {
  const pages = createPageRouter()
  queuePages(services, pages)
  proposePages(services, pages)
  convenePages(services, pages)
  meetingPages(services, pages)
  resolutionPages(services, pages)
  return pages
}
