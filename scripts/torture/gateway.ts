import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { defaultPrefix, startLocalServices } from '../local-services/index.ts'
import { say } from '../run/say.ts'
import { FAULTS } from './gateway-faults.ts'
import { tortureGateway } from './gateway-rounds.ts'

/**
 * Kills the gateway and PostgreSQL under load, in turn, on services of its own with fsync on.
 *
 * @param rounds - kills of each
 * @throws Error naming what was lost, doubled or left half done
 */
export async function run(rounds: number): Promise<void> {
  const dataDir = resolve(process.env['DATA_DIR'] ?? 'var')
  const own = join(dataDir, 'torture/gateway')
  await rm(own, { recursive: true, force: true })
  const options = { dataDir: own, prefixDir: defaultPrefix(dataDir), mirror: process.env['DEBIAN_MIRROR'] }
  const services = await startLocalServices({ ...options, log: say })
  try {
    for (const fault of FAULTS) {
      const tally = await tortureGateway({ services, fault, rounds, log: say })
      console.log(
        `${fault.name}: ${rounds} rounds, ${tally.acknowledged} commits acknowledged, ${tally.unknown} unknown, ${tally.stored} stored, 0 lost, 0 doubled, 0 half`,
      )
    }
  } finally {
    await services.stop()
    await rm(own, { recursive: true, force: true })
  }
}
