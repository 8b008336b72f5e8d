import { parseArgs } from 'node:util'
import type { Config } from '../src/app/config.ts'
import type { Services } from '../src/app/services.ts'
import { forgetInstallation } from '../src/platform/redis/index.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { DEMO_COUNTIES, isDemoDatabase, seedFixture } from './run/seed-demo.ts'
import { seedVolume } from './run/seed-volume.ts'
import { runCommand } from './run/with-services.ts'

const HELP = `npm run seed -- --fixture [--county CODE] [--reset]
npm run seed -- --county CODE --cases N

--fixture   puts the fixture of the acceptance stories into an empty or demo database
--reset     empties a demo database first; refuses any other
--cases N   volume data for load tests: only what the measured pages read, in bulk`

async function seed(): Promise<void> {
  const { values } = parseArgs({
    options: {
      fixture: { type: 'boolean' },
      county: { type: 'string' },
      reset: { type: 'boolean' },
      cases: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  if (!values.fixture && values.cases === undefined)
    throw new Error('--fixture 或 --cases N · say --fixture or --cases N')
  const work = async (services: Services, { demoPassword }: Config): Promise<void> => {
    const isDemo = await isDemoDatabase(services)
    const isEmpty = await services.units.isEmpty()
    if (!isEmpty && !isDemo)
      throw new Error('数据库里不是演示数据，不会改动 · This database does not hold the demo; nothing was changed')
    if (values.reset) {
      await services.connection.dropDatabase()
      await forgetInstallation(services.redis, services.installation)
    }
    const counties = DEMO_COUNTIES.filter(({ county }) => values.county === undefined || county === values.county)
    if (counties.length === 0) throw new Error(`没有这个演示县区 · no such demo county: ${values.county ?? ''}`)
    if (values.fixture) await seedFixture(services, counties, demoPassword ?? '')
    if (values.cases !== undefined) await seedVolume(services, counties[0]?.county ?? '', Number(values.cases))
    say('完成 · done')
  }
  await runCommand(work, { makeSecrets: true })
}

await seed().catch(fail)
