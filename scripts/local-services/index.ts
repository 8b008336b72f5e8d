export { Refusal } from './refusal.ts'
export { startLocalServices } from './start-local-services.ts'
export type { LocalServices, LocalServicesOptions } from './start-local-services.ts'
