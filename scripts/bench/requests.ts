import { newId } from '../../src/shared/ids.ts'

/** A request for help in one of the townships, as an operator's desk sends it. */
export function intakeBody(code: string): object {
  return {
    channel: 'hotline',
    callType: 'HELP',
    urgency: 'P1',
    place: { code, text: '公交站旁' },
    phone: `128${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
    text: '滞留，今晚没有住处（压力测试，虚构）',
    needy: 'self',
    tags: ['STRANDED'],
  }
}

/** Registers a request; answers the case number and how long it took. Milliseconds. */
export async function sendIntake(
  address: string,
  token: string,
  code: string,
): Promise<{ caseNo: string; ms: number; sentAt: number }> {
  const sentAt = performance.now()
  const response = await fetch(`${address}/api/v1/intakes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newId() },
    body: JSON.stringify(intakeBody(code)),
  })
  const answer = (await response.json()) as { caseNo?: string; code?: string }
  if (response.status !== 201) throw new Error(`intake answered ${response.status} ${answer.code ?? ''}`)
  return { caseNo: answer.caseNo ?? '', ms: performance.now() - sentAt, sentAt }
}

/** Townships of the first demo county that have staff. */
export const TOWNSHIPS = ['102', '103', '104', '105', '106', '107'].map((suffix) => `320614${suffix}`)

/** The same, as they stand in account names. */
export const SHORT_NAMES = ['海永', '常乐', '悦来', '四甲', '余东', '正余']

/** One after another, for ever. */
export function inTurn<T>(items: readonly T[]): () => T {
  let next = 0
  return () => {
    const item = items[next % items.length]
    next += 1
    if (item === undefined) throw new Error('Nothing to take in turn')
    return item
  }
}
