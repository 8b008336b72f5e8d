export { measureQueues } from './queue-metrics.ts'
export type { QueueName } from './queue-table.ts'
export type { AddOptions, JobHandler, JobPayload, QueueHealth, Queues, QueuesNeeds } from './queues.ts'
export { createQueues } from './queues.ts'
