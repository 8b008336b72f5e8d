import { parseArgs } from 'node:util'
import { eraseCase, eraseRecord } from '../src/app/erase-records.ts'
import { createRetentionStore } from '../src/app/retention-store.ts'
import { SEALED_COLLECTIONS } from '../src/app/sealed-records.ts'
import type { Services } from '../src/app/services.ts'
import { erasePerson, retainablePeople } from '../src/people/index.ts'
import type { By } from '../src/shared/actor.ts'
import { systemActor } from '../src/shared/actor.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { runCommand } from './run/with-services.ts'

const HELP = `npm run retain [-- --dry-run] [--signed ACCOUNT --signed ACCOUNT]

Erases what is personal and older than the county keeps cases (retention.case_years): people nobody has worked with since, cases closed before that with
their requests, decisions and conference, and calls, callbacks and looks without a case. Ids, sums, dates and the journal stay.

--dry-run          prints the list and changes nothing
--signed ACCOUNT   twice: the two people who signed the list`

/** Rows of a list that are read at once. */
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
  await runCommand(async (services) => {
    if (!values['dry-run']) await requireTwoSignatures(services, values.signed)
    for (const county of await services.counties())
      await retainCounty(services, county, values['dry-run'], values.signed)
  })
}

async function requireTwoSignatures({ staff }: Services, signed: readonly string[]): Promise<void> {
  const people = await Promise.all([...new Set(signed)].map((account) => staff.findByAccount(account)))
  if (people.filter(Boolean).length >= 2) return
  throw new Error(
    '删除清单须由两人签名：--signed 账号 --signed 账号 · two people sign the list: --signed ACCOUNT --signed ACCOUNT',
  )
}

/** What one county has past its retention, one line each; erased unless it is only looked at. */
async function retainCounty(
  services: Services,
  county: string,
  isDryRun: boolean,
  signed: readonly string[],
): Promise<void> {
  const before = await limitOf(services, county)
  const retention = createRetentionStore(services.connection)
  const eraser = { ...services, retention }
  const by = (what: string): By => {
    const key = `retain/${what}/${signed.join('+')}`
    return { actor: systemActor(county), key, bodyHash: key }
  }
  const erase = async (what: string, run: () => Promise<unknown>): Promise<void> => {
    process.stdout.write(`${county} ${what}\n`)
    if (!isDryRun) await run()
  }

  let count = 0
  for await (const { personId, usedAt, fields } of pages((after) =>
    retainablePeople(services, county, { before, after, limit: PAGE }).then((page) =>
      page.map((person) => ({ ...person, id: person.personId })),
    ),
  )) {
    const what = `people ${personId} ${usedAt.toISOString().slice(0, 10)} ${fields.join(',')}`
    await erase(what, () => erasePerson(services, { personId, before }, by(personId)))
    count += 1
  }
  for await (const { id: no } of pages((after) =>
    retention.closedCases(county, before, { after, limit: PAGE }).then(asIds),
  )) {
    await erase(`case ${no}`, () => eraseCase(eraser, { no, before }, by(`case/${no}`)))
    count += 1
  }
  for (const sealed of SEALED_COLLECTIONS)
    for await (const { id } of pages((after) =>
      retention.oldRecords(county, sealed, before, { after, limit: PAGE }).then(asIds),
    )) {
      await erase(`${sealed.collection} ${id}`, () =>
        eraseRecord(eraser, { sealed, id }, by(`${sealed.collection}/${id}`)),
      )
      count += 1
    }
  say(`${county}: ${count} ${isDryRun ? '条到期，未删除 · due, nothing erased' : '条已删除 · erased'}`)
}

/** Before this moment nobody may have worked with what is erased. */
async function limitOf({ policies, clock }: Services, county: string): Promise<Date> {
  const now = clock.now()
  const policy = await policies.at({ scope: county, at: now })
  const before = new Date(now)
  before.setUTCFullYear(before.getUTCFullYear() - policy.value('retention.case_years'))
  return before
}

const asIds = (ids: readonly string[]): { readonly id: string }[] => ids.map((id) => ({ id }))

/** Everything a paged list gives, whether what was given is erased meanwhile or not. */
async function* pages<Row extends { readonly id: string }>(
  read: (after: string | undefined) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  let after: string | undefined
  for (;;) {
    const page = await read(after)
    yield* page
    after = page.at(-1)?.id
    if (page.length < PAGE) return
  }
}

await retain().catch(fail)
