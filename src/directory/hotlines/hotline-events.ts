import type { Fact, FactData } from '../../journal/index.ts'

/** A fact in the stream of one hotline. */
export function hotlineFact(
  type: 'hotline.added' | 'hotline.changed' | 'hotline.ended',
  id: string,
  data: FactData = {},
): Fact {
  return { stream: `line:${id}`, type, data: { line: id, ...data }, isFirst: type === 'hotline.added' }
}
