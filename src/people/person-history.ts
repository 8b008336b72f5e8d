import type { JournalReader } from '../journal/index.ts'
import { personStream } from './person.ts'

/** One look at a person, or one change: who, when, which fields, for what reason. Never a value. */
export interface PersonAccess {
  readonly seq: number
  readonly at: Date
  readonly staffId: string
  readonly unit: string
  readonly type: string
  readonly fields: readonly string[]
  readonly reason?: string
  readonly on?: string
}

/** Who has looked at or changed a person's record, oldest first. */
export async function personHistory(
  { journal }: { readonly journal: JournalReader },
  county: string,
  personId: string,
  after = 0,
): Promise<readonly PersonAccess[]> {
  const lines = await journal.stream(county, personStream(personId), { after })
  return lines.map(({ seq, at, actor, type, data }) => ({
    seq,
    at,
    staffId: actor.staffId,
    unit: actor.unit,
    type,
    fields: Array.isArray(data['fields']) ? (data['fields'] as string[]) : [],
    ...(typeof data['reason'] === 'string' ? { reason: data['reason'] } : {}),
    ...(typeof data['on'] === 'string' ? { on: data['on'] } : {}),
  }))
}
