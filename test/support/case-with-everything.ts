import { confirmSupplement, decideAid, fileSupplement, payOrder } from '../../src/aid/index.ts'
import { endEmergency, giveFeedback } from '../../src/cases/index.ts'
import { registerIntake } from '../../src/intake/index.ts'
import { acknowledgeCase, offerTransfer, refuseTransfer } from '../../src/routing/index.ts'
import type { World } from './world.ts'

/** A case of 常乐 that went from the call to the feedback, with a text in every place where one may stand. Its number. */
export async function aCaseWithEverything(w: World): Promise<string> {
  const { services, clock } = w
  clock.set('2026-11-24T09:00:00+08:00')
  const payee = { name: '测试甲', relation: 'self' }
  const answer = await registerIntake(
    services,
    {
        channel: 'hotline', callType: 'HELP', urgency: 'P1', needy: 'other', tags: ['STRANDED'],
        place: { code: '320614103', text: '常乐镇公交站' }, phone: '12855550001', text: '包被偷，今晚没有住处',
        personInNeed: { name: '测试甲', phone: '12855550001' }, reporter: { name: '测试乙', phone: '12855550002' },
      } as never, // prettier-ignore
    await w.by('O1'),
  )
  const caseNo = answer.caseNo!
  const officer = () => w.by('D-常乐')
  await acknowledgeCase(services, { no: caseNo }, await officer())
  const offer = { no: caseNo, toUnit: '320614104', reason: 'other' as const, note: '就在镇界上' }
  const neighbour = (await w.staff('D-悦来')).staffId
  await offerTransfer(services, { ...offer, spokenWith: neighbour }, await officer())
  await refuseTransfer(services, { no: caseNo, reason: 'other', note: '桥西归常乐' }, await w.by('D-悦来'))
  const order = { kind: 'CASH' as const, amountFen: 10_000, payee }
  const decided = await decideAid(
    services,
    { no: caseNo, kind: 'QUICK', persons: 1, reason: '没有吃住', orders: [order] },
    await officer(),
  )
  await payOrder(services, { orderId: decided.orders[0]!.id }, await w.by('K-常乐'))
  clock.set('2026-11-24T12:00:00+08:00')
  await endEmergency(services, { no: caseNo, endedAt: clock.now() }, await officer())
  const earlier = new Date('2026-11-24T11:00:00+08:00')
  await endEmergency(services, { no: caseNo, endedAt: earlier, reason: '记错了' }, await officer())
  await fileSupplement(services, { id: decided.id, text: '已返乡', checked: ['receipt'] }, await officer())
  await confirmSupplement(services, { id: decided.id }, await w.by('C1'))
  await giveFeedback(services, { no: caseNo, medium: 'phone', text: '已告知' }, await officer())
  return caseNo
}
