import type { DecisionAnswer } from '../../../src/aid/index.ts'
import { decideAid } from '../../../src/aid/index.ts'
import { verifyCase } from '../../../src/cases/index.ts'
import { registerIntake } from '../../../src/intake/index.ts'
import { acknowledgeCase } from '../../../src/routing/index.ts'
import type { World } from '../../support/world.ts'

export const TOWNSHIP = '320614103'
export const FUND = `township-${TOWNSHIP}`
export const COUNTY = '320614'

/** A payee's account of a made-up bank. */
export const ACCOUNT = '6200329900000000001'

/** A case in 常乐 with aid decided by its duty officer: so many transfers, and one payment in cash. */
export async function decidedCase(
  world: World,
  transfers: readonly number[],
  payee: { readonly name?: string; readonly account?: string } = {},
): Promise<{ caseNo: string; decision: DecisionAnswer }> {
  const { services } = world
  const intake = await registerIntake(
    services,
    {
      channel: 'hotline',
      callType: 'HELP',
      urgency: 'P2',
      place: { code: TOWNSHIP, text: '常乐镇公交站' },
      phone: '12800001111',
      text: '外地务工人员滞留，身上没有现金',
      needy: 'self',
      personInNeed: { name: payee.name ?? '测试甲', identityNumber: undefined, phone: undefined },
      tags: [],
    },
    await world.by('O1'),
  )
  const no = intake.caseNo ?? ''
  await acknowledgeCase(services, { no }, await world.by('D-常乐'))
  await verifyCase(services, { no }, await world.by('D-常乐'))
  const to = { name: payee.name ?? '测试甲', relation: 'self', bank: '测试银行', account: payee.account ?? ACCOUNT }
  const decision = await decideAid(
    services,
    {
      no,
      kind: 'QUICK',
      persons: 1,
      reason: '今晚没有吃住',
      orders: [
        ...transfers.map((amountFen) => ({ kind: 'TRANSFER' as const, amountFen, payee: to })),
        { kind: 'CASH' as const, amountFen: 3_000, payee: { name: to.name, relation: 'self' } },
      ],
    },
    await world.by('D-常乐'),
  )
  return { caseNo: no, decision }
}

/** One line of the bank's answer. */
export interface AnswerLine {
  readonly order: string
  readonly amountFen: number
  readonly reference?: string
  readonly reason?: string
  readonly on?: string
}

/** The bank's answer to a file as bytes: paid where there is a reference, rejected where there is a reason. */
export function bankAnswer(no: string, lines: readonly AnswerLine[]): Buffer {
  const rows = lines.map(({ order, amountFen, reference, reason, on = '2026-11-20' }) =>
    [no, order, yuan(amountFen), reason ? 'rejected' : 'paid', reference ?? '', reason ? '' : on, reason ?? ''].join(
      ',',
    ),
  )
  return Buffer.from(['batch,order,amount,result,bank_reference,date,reason', ...rows, ''].join('\n'))
}

/** A statement as bytes; each line goes on from the one before. */
export function bankStatement(
  openingFen: number,
  lines: readonly { amountFen: number; reference: string; on?: string; text?: string }[],
): Buffer {
  let balanceFen = openingFen
  const rows = lines.map(({ amountFen, reference, on = '2026-11-20', text = '' }) => {
    balanceFen += amountFen
    return ['6228-0001', on, reference, '1', yuan(amountFen), yuan(balanceFen), text].join(',')
  })
  return Buffer.from(['account,date,bank_reference,line_no,amount,balance,text', ...rows, ''].join('\n'))
}

function yuan(amountFen: number): string {
  return (amountFen / 100).toFixed(2)
}
