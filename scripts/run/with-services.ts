import type { Config } from '../../src/app/config.ts'
import { readConfig } from '../../src/app/config.ts'
import type { Services } from '../../src/app/services.ts'
import { createServices } from '../../src/app/services.ts'
import { say } from './say.ts'
import { surroundings } from './services-environment.ts'

/** Opens the product's services on an environment, works with them and closes them, however the work ends. */
export async function withServices<T>(
  env: NodeJS.ProcessEnv,
  work: (services: Services, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig(env)
  const services = await createServices(config)
  try {
    return await work(services, config)
  } finally {
    await services.close()
  }
}

/**
 * The frame of a command: database and Redis as the environment names them or brought up for it, and left as they were found.
 *
 * @param options.makeSecrets - makes secrets that are missing; by default everywhere but in production
 * @throws what the work throws, and Refusal or ConfigError when there is nothing to work with
 */
export async function runCommand<T>(
  work: (services: Services, config: Config) => Promise<T>,
  { makeSecrets = process.env['NODE_ENV'] !== 'production' } = {},
): Promise<T> {
  const { env, services: local } = await surroundings({ log: say, makeSecrets })
  try {
    return await withServices({ LOG_LEVEL: 'warn', ...env }, work)
  } finally {
    await local.stop()
  }
}
