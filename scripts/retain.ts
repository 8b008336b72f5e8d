import { parseArgs } from 'node:util'
import { readConfig } from '../src/app/config.ts'
import type { Services } from '../src/app/services.ts'
import { createServices } from '../src/app/services.ts'
import { erasePerson, retainablePeople } from '../src/people/index.ts'
import { systemActor } from '../src/shared/actor.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { surroundings } from './run/services-environment.ts'

const HELP = `npm run retain [-- --dry-run] [--signed ACCOUNT --signed ACCOUNT]

Erases the personal data of people nobody has worked with for longer than the county keeps cases (retention.case_years). Ids and the journal stay.

--dry-run          prints the list and changes nothing
--signed ACCOUNT   twice: the two people who signed the list`

/** People whose list is read at once. */
const PAGE = 200

async function retain(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'dry-run': { type: 'boolean', default: false },
      signed: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  const { env, services: local } = await surroundings({
    log: say,
    makeSecrets: process.env['NODE_ENV'] !== 'production',
  })
  const services = await createServices(readConfig({ LOG_LEVEL: 'warn', ...env }))
  try {
    if (!values['dry-run']) await requireTwoSignatures(services, values.signed)
    for (const county of await services.counties())
      await retainCounty(services, county, values['dry-run'], values.signed)
  } finally {
    await services.close()
    await local.stop()
  }
}

async function requireTwoSignatures({ staff }: Services, signed: readonly string[]): Promise<void> {
  const people = await Promise.all([...new Set(signed)].map((account) => staff.findByAccount(account)))
  if (people.filter(Boolean).length >= 2) return
  throw new Error(
    '删除清单须由两人签名：--signed 账号 --signed 账号 · two people sign the list: --signed ACCOUNT --signed ACCOUNT',
  )
}

async function retainCounty(
  services: Services,
  county: string,
  isDryRun: boolean,
  signed: readonly string[],
): Promise<void> {
  const now = services.clock.now()
  const policy = await services.policies.at({ scope: county, at: now })
  const before = new Date(now)
  before.setUTCFullYear(before.getUTCFullYear() - policy.value('retention.case_years'))
  let after: string | undefined
  let count = 0
  for (;;) {
    const page = await retainablePeople(services, county, { before, after, limit: PAGE })
    for (const { personId, usedAt, fields } of page) {
      process.stdout.write(`${county} ${personId} ${usedAt.toISOString().slice(0, 10)} ${fields.join(',')}\n`)
      const key = `retain/${personId}/${signed.join('+')}`
      if (!isDryRun)
        await erasePerson(services, { personId, before }, { actor: systemActor(county), key, bodyHash: key })
    }
    count += page.length
    after = page.at(-1)?.personId
    if (page.length < PAGE) break
  }
  say(`${county}: ${count} ${isDryRun ? '人到期，未删除 · due, nothing erased' : '人已删除 · erased'}`)
}

await retain().catch(fail)
