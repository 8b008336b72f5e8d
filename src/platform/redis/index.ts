export { channelName } from './channel-name.ts'
export { forgetInstallation } from './forget-installation.ts'
export { openRedis } from './open-redis.ts'
export { requirePersistence } from './require-persistence.ts'
