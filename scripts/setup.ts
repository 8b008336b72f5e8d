import { parseArgs } from 'node:util'
import type { Services } from '../src/app/services.ts'
import { setUpCounty } from '../src/directory/index.ts'
import { migrate } from '../src/platform/mongo/index.ts'
import { installNationalDefaults, missingForGoLive } from '../src/policy/index.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { isDemoDatabase } from './run/seed-demo.ts'
import { runCommand } from './run/with-services.ts'

const HELP = `npm run setup -- --county CODE --name NAME --admin NAME

在空数据库里建好一个县：县本级、区划名录里的乡镇、常设部门、一名管理员（一次性密码只显示一次）。
Prepares an empty database for a county: its own unit, the townships of the division list, the usual departments,
and one administrator, whose one-time password is printed once.

--county CODE   county code, 6 digits, e.g. 320614
--name NAME     name of the county, e.g. 海门区
--admin NAME    account of the administrator: letters, digits, dots, dashes

Import the county's divisions first (npm run import-divisions -- FILE.csv) so that its townships become units.`

async function setUp(): Promise<void> {
  const { values } = parseArgs({
    options: {
      county: { type: 'string' },
      name: { type: 'string' },
      admin: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const { county, name, admin } = values
  if (county === undefined || name === undefined || admin === undefined)
    throw new Error('用法 usage: npm run setup -- --county CODE --name NAME --admin NAME')

  await runCommand(async (services) => {
    await refuseDemo(services)
    await migrate(services.connection)
    const done = await setUpCounty(services, { county, name, admin })
    await installNationalDefaults(services)
    tell(done)
    tellMissing(await missingForGoLive(services, county, services.clock.now()))
  })
}

async function refuseDemo(services: Services): Promise<void> {
  if (await isDemoDatabase(services))
    throw new Error('这是演示数据库，不能用于正式运行 · This database holds the demo and cannot be used for real work')
}

function tell({ county, units, account, oneTimePassword }: Awaited<ReturnType<typeof setUpCounty>>): void {
  say(`已建好 ${county}：${units} 个单位 · set up ${county} with ${units} units`)
  say('一次性密码只显示这一次，7 天内登录并换掉 · shown once; sign in within 7 days and change it')
  process.stdout.write(`${account} ${oneTimePassword}\n`)
  say('请先再建一名管理员：重置密码要两个人 · add a second administrator first: resets need two people')
}

function tellMissing(parameters: readonly string[]): void {
  if (parameters.length === 0) return
  say('正式启用前，县级民政须按文件确定以下标准 · before going live county civil affairs has to set, by a document:')
  say(`  ${parameters.join(', ')}  (POST /api/v1/policies)`)
}

await setUp().catch(fail)
