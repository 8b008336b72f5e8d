import { say } from '../run/say.ts'
import { surroundings, withDatabase } from '../run/services-environment.ts'
import { tortureLedger } from './ledger-rounds.ts'

/**
 * Kills booking processes again and again, in a database of its own.
 *
 * @param rounds - each kills at one of the named points or at random
 * @throws Error naming what was lost, doubled or changed its answer
 */
export async function run(rounds: number): Promise<void> {
  const { env, services } = await surroundings({ log: say, makeSecrets: false })
  try {
    const uri = withDatabase(env['MONGODB_URI'] ?? services.mongoUri, 'jiujinan_torture_ledger')
    const tally = await tortureLedger({ uri, rounds, services, log: say })
    const { deaths, blows, posted, refused, learnedLater, entries, races } = tally
    console.log(
      `ledger: ${rounds} rounds, ${deaths} deaths, ${blows} blows to the database, ${posted} postings acknowledged (${learnedLater} answers learned by the same key), ${refused} refused, ${entries} entries, ${races} holds raced for, 0 lost, 0 doubled`,
    )
  } finally {
    await services.stop()
  }
}
