import { say } from '../run/say.ts'
import { surroundings } from '../run/services-environment.ts'
import { tortureDeadlines } from './deadline-rounds.ts'

/** Cases per round: two hundred and more clocks fall due within a second. */
const CASES = 60

/** Workers killed per round. */
const KILLS = 3

/**
 * Kills workers while clocks fall due, on a database of its own beside the product's.
 *
 * @param rounds - how often
 * @throws Error naming every clock that was lost or fired twice
 */
export async function run(rounds: number): Promise<void> {
  const { env, services } = await surroundings({ log: say, makeSecrets: false })
  const { MONGODB_URI: mongoUri = '', REDIS_URL: redisUrl = '' } = env
  try {
    const tally = await tortureDeadlines({ mongoUri, redisUrl, rounds, cases: CASES, kills: KILLS, log: say })
    console.log(`deadlines: ${rounds} rounds, ${tally.fired} fired, ${tally.killed} workers killed, 0 lost, 0 doubled`)
  } finally {
    await services.stop()
  }
}
