import type { Services } from '../../src/app/services.ts'
import { caseModel } from '../../src/cases/index.ts'
import type { CaseRecord } from '../../src/cases/index.ts'
import { native } from '../../src/platform/mongo/index.ts'
import { newSpokenNo } from '../../src/shared/ids.ts'

/** Cases written by one command. */
const BATCH = 1_000

/** One case in so many is still open: a county closes what it opens. */
const OPEN_EVERY = 500

/**
 * Fills a database with so many cases for load tests: only what the measured pages read, in bulk, without journal and outbox.
 *
 * Realistic in shape and fictional in content: closed cases of the last years, a few open ones spread over the townships.
 */
export async function seedVolume(services: Services, county: string, count: number): Promise<void> {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new Error('--cases N：N 应为正整数 · N must be a whole number above 0')
  const cases = native(caseModel(services.connection))
  const present = await cases.countDocuments({ county })
  const townships = (await services.units.book(county)).ofKind('township', services.clock.now())
  const taken = new Set<string>()
  for (let from = present; from < count; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => {
      const unit = townships[(from + index) % townships.length]?._id ?? county
      return volumeCase(services, county, unit, from + index, taken)
    })
    await cases.insertMany(batch, { ordered: false })
  }
  await analyze(services)
}

function volumeCase(
  services: Services,
  county: string,
  unit: string,
  index: number,
  taken: Set<string>,
): CaseRecord & { isOpen: boolean } {
  const receivedAt = new Date(services.clock.now().getTime() - (index % 900) * 86_400_000)
  let no = newSpokenNo(receivedAt)
  while (taken.has(no)) no = newSpokenNo(receivedAt)
  taken.add(no)
  const isOpen = index % OPEN_EVERY === 0
  const record = `${county}/${no}`
  const seal = (field: string, text: string) => services.vault.seal(text, { collection: 'cases', field, record })
  const stage = isOpen ? 'ACKED' : 'CLOSED'
  const takenBy = { unit: `${county}-hotline`, staffId: 'volume' }
  return {
    _id: record,
    county,
    no,
    version: 1,
    state: stage,
    stage,
    stages: [{ stage, at: receivedAt }],
    urgency: (['P1', 'P2', 'P3'] as const)[index % 3] ?? 'P3',
    tags: [],
    place: { code: unit, text: seal('place.text', `第${index}号地点`) },
    story: seal('story', `第${index}件求助：虚构的急难情况，用于压力测试。`),
    intakeNos: [no],
    unit,
    responsible: { unit, staffId: 'volume', reason: 'acknowledged', since: receivedAt },
    firstResponsible: takenBy,
    sharedWith: [],
    escalationStep: 0,
    refusals: 0,
    acknowledgedAt: receivedAt,
    acknowledgedBy: 'volume',
    emergency: { state: 'ENDED', endedAt: receivedAt, corrections: [] },
    aid: { paidFen: 35_000, heldFen: 0, supplement: 'CONFIRMED' },
    obligations: [],
    receivedAt,
    ...(isOpen ? { nearestDueAt: new Date(receivedAt.getTime() + 86_400_000) } : { closedAt: receivedAt }),
    isOpen,
  }
}

/** The planner needs fresh statistics after a load; the bundled engine takes `compact` for that, a replica set may refuse it. */
async function analyze({ connection }: Services): Promise<void> {
  await connection.db?.command({ compact: 'cases' }).catch(() => undefined)
}
