import { parseArgs } from 'node:util'
import { actorFrom, isValidAt, makeToken, MAX_TOKEN_DAYS, TOKEN_DAYS } from '../src/directory/index.ts'
import { newId } from '../src/shared/ids.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { runCommand } from './run/with-services.ts'

const HELP = `npm run token -- --user NAME [--days N]

为一个账号生成接口令牌，只显示这一次。
Makes an API token for a staff account. It is printed once, alone on stdout, and kept nowhere.

--user NAME   account name, e.g. O1
--days N      how long it is good, 1 to ${MAX_TOKEN_DAYS}; ${TOKEN_DAYS} unless said`

async function token(): Promise<void> {
  const { values } = parseArgs({
    options: { user: { type: 'string' }, days: { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const { user } = values
  if (user === undefined) throw new Error('用法 usage: npm run token -- --user NAME [--days N]')
  const days = daysOf(values.days)

  await runCommand(async (services) => {
    const person = await services.staff.findByAccount(user)
    if (!person || !isValidAt(person, services.clock.now()))
      throw new Error(`没有在用的账号 ${user} · no account in use is called ${user}`)
    const key = `token/${newId()}`
    const by = { actor: actorFrom(person), key, bodyHash: key }
    const made = await makeToken(services, { label: 'npm run token', days }, by)
    process.stdout.write(`${made.token ?? ''}\n`)
    say(`有效至 good until ${made.expiresAt}`)
  })
}

function daysOf(text: string | undefined): number {
  const days = text === undefined ? TOKEN_DAYS : Number(text)
  if (Number.isInteger(days) && days >= 1 && days <= MAX_TOKEN_DAYS) return days
  throw new Error(`--days 填 1 到 ${MAX_TOKEN_DAYS} · --days is 1 to ${MAX_TOKEN_DAYS}, not ${text ?? ''}`)
}

await token().catch(fail)
