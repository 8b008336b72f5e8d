export { conferenceModels } from './item-model.ts'
export { conferenceApi, conferencePages, conferenceSection } from './conference-routes.ts'
export type { ConferenceStore } from './conference-store.ts'
export { createConferenceStore } from './conference-store.ts'
