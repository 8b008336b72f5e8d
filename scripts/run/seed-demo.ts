import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Services } from '../../src/app/services.ts'
import { importDivisions, parseDivisionsCsv } from '../../src/directory/divisions/index.ts'
import { migrate } from '../../src/platform/mongo/index.ts'
import { projectRoot } from '../../src/platform/project-root.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { seedFunds } from '../demo/funds.ts'
import type { DemoProfile } from '../demo/places.ts'
import { seedDemoPolicies } from '../demo/policies.ts'
import { seedDirectory } from '../demo/staff.ts'
import { withServices } from './with-services.ts'

/** The demo counties of `interface.md`. */
export const DEMO_COUNTIES: readonly { readonly county: string; readonly profile: DemoProfile }[] = [
  { county: '320614', profile: 'HM-TEST' },
  { county: '371312', profile: 'HD-TEST' },
]

/** Where the demo leaves its mark; a marked database refuses production. */
const MARK = { collection: 'installation', id: 'demo' } as const

/** Whether a database carries the demo's mark. */
export async function isDemoDatabase({ connection }: Pick<Services, 'connection'>): Promise<boolean> {
  return (await connection.collection<{ _id: string }>(MARK.collection).findOne({ _id: MARK.id })) !== null
}

/** Puts the fixture of the stories into a database: divisions, parameters, staff, roster, funds. Repeats change nothing. */
export async function seedFixture(services: Services, counties = DEMO_COUNTIES, password: string): Promise<void> {
  const { connection } = services
  await migrate(connection)
  await connection
    .collection<{ _id: string; at: Date }>(MARK.collection)
    .updateOne({ _id: MARK.id }, { $setOnInsert: { at: services.clock.now() } }, { upsert: true })
  await seedDivisions(services)
  await seedDemoPolicies(
    services,
    counties.map(({ county }) => county),
  )
  for (const { county, profile } of counties) {
    await seedDirectory(services, { county, profile, passwordOf: () => password })
    await seedFunds(services, { county, profile })
  }
}

async function seedDivisions(services: Services): Promise<void> {
  const file = join(projectRoot(), 'scripts', 'demo', 'divisions.csv')
  const parsed = parseDivisionsCsv(await readFile(file, 'utf8'), 'divisions.csv')
  const key = 'seed/divisions'
  await importDivisions(services, parsed, { actor: systemActor('320614'), key, bodyHash: key })
}

export const seedDemo = {
  /** Seeds the demo into an empty database; into one that holds the demo already, only what is missing. */
  async whenEmpty(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<void> {
    await withServices({ ...env, LOG_LEVEL: 'warn' }, async (services, { demoPassword }) => {
      const isEmpty = await services.units.isEmpty()
      if (!isEmpty && !(await isDemoDatabase(services)))
        throw new Error(
          '数据库里有正式数据，不能启动演示；请设置 NODE_ENV=production · The database holds real data: set NODE_ENV=production',
        )
      if (isEmpty) say('正在准备两个演示县区 · Preparing the two demo counties …')
      if (isEmpty) await seedFixture(services, DEMO_COUNTIES, demoPassword ?? '')
      else await migrate(services.connection)
    })
  },
  /** @throws Error when a database with demo data is to be used for real work */
  async refuseDemoDatabase(env: NodeJS.ProcessEnv): Promise<void> {
    await withServices({ ...env, LOG_LEVEL: 'warn' }, async (services) => {
      if (await isDemoDatabase(services))
        throw new Error(
          '这是演示数据库，不能用于正式运行 · This database holds the demo and cannot be used for real work',
        )
      await migrate(services.connection)
    })
  },
}
