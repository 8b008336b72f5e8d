import { confirmSupplement, decideAid, fileSupplement, makePaymentFile, payOrder } from '../../../src/aid/index.ts'
import type { DecisionAnswer } from '../../../src/aid/index.ts'
import { closeCase, endEmergency, giveFeedback, verifyCase } from '../../../src/cases/index.ts'
import {
  acceptItem,
  giveOpinion,
  openItem,
  proposeCase,
  resolveItem,
  scheduleItem,
} from '../../../src/conference/index.ts'
import { confirmTotp, startTotp } from '../../../src/directory/own-account/second-factor.ts'
import { makeToken } from '../../../src/directory/index.ts'
import { addAbsence } from '../../../src/directory/roster/add-absence.ts'
import { handOverShift } from '../../../src/directory/roster/hand-over-shift.ts'
import { askReset } from '../../../src/directory/sign-in/reset-account.ts'
import { addStaff } from '../../../src/directory/staff/add-staff.ts'
import { answerCall } from '../../../src/hotline/answer-call.ts'
import { markAnswered, markEnded } from '../../../src/hotline/follow-call.ts'
import { registerIntake } from '../../../src/intake/index.ts'
import {
  enterCount,
  importStatement,
  issueGoods,
  makeCheckpoint,
  propose,
  proposeMatch,
  registerAccount,
  townshipFundId,
} from '../../../src/ledger/index.ts'
import { joinHousehold, registerPerson, revealField } from '../../../src/people/index.ts'
import { acknowledgeCase, offerTransfer, refuseTransfer } from '../../../src/routing/index.ts'
import { fen } from '../../../src/shared/fen.ts'
import { generate } from 'otplib'
import type { World } from '../../support/world.ts'

/** The second demo county, so that stories about the first find it untouched. Its accounts begin with `HD-`. */
export const COUNTY = '371312'

/** Where most of it happens: 汤河镇. */
const TOWN = '371312104'

/** The township next to it: 八湖镇. */
const NEIGHBOUR = '371312107'

/** Words that stand in no catalogue: what people said and wrote. */
const SAID = {
  stranded: '外地务工人员滞留汤河镇公交站，包被偷，今晚没有住处，身上没有现金',
  fire: '厨房起火，一家四口暂无住处，119 已到场',
  long: '独居老人在家跌倒，邻居发现后报告。老人意识清楚，右腿不能活动，家里没有别的人，子女在外地务工，电话打不通。'.repeat(
    6,
  ),
  station: '汤河镇公交站',
  nowhere: '大桥底下，旁边有个红房子',
  reason: '今晚没有吃住，身无分文',
  inn: '旅馆一晚',
  food: '食品',
  papers: '已安置并返乡，票据齐全',
  told: '已告知本人，本人无异议',
  big: '房屋全部烧毁，需要住房、医保、教育几家一起办',
  opinion: '同意安排临时住房，并尽快鉴定危房',
  resolved: '同意为该户提供临时住房三个月，房屋修缮由住建部门负责',
  measure: '安排临时住房三个月',
  note: '明早八点有人来取药，请留意。',
  health: '高血压，需按时服药',
  name: '测试甲',
  neighbour: '测试乙',
  child: '测试小乙',
  village: '汤河湾村十二号',
  label: '数据交换',
  newcomer: '测试新人',
  border: '就在两镇交界的桥上',
  bridge: '桥西归汤河镇',
} as const

/** A made-up number that passes the check. */
const IDENTITY_NUMBER = '329900198804121018'

/** Every word above, and every name of the demo's lists: Chinese that an English page may show. */
export const WORDS_OF_PEOPLE: readonly string[] = Object.values(SAID)

/** One county with something on every desk, and the numbers under which its pages are found. */
export type CountyAtWork = Awaited<ReturnType<typeof putToWork>>

/** Lets the county work: requests, cases in every stage, calls, people, a meeting, staff matters. */
export async function putToWork(world: World, password: string) {
  const cases = await someCases(world)
  const conference = await someItems(world)
  const people = await somePeople(world)
  const calls = await someCalls(world)
  const staff = await someStaffMatters(world, password)
  const proposal = await someFundMatters(world)
  const money = await someBankMatters(world, cases.transfer)
  await world.settles()
  return { ...cases, ...conference, ...people, ...calls, ...staff, proposal, ...money }
}

/** A fund with goods by the piece, a debt, and a shortage that waits for a witness. Its proposal. */
async function someFundMatters({ services, by }: World): Promise<string> {
  const fundId = townshipFundId(TOWN)
  const goods = [{ item: 'quilt', quantity: 12, unitFen: fen(8_000) }]
  await issueGoods(services, { fundId, amountFen: fen(96_000), goods }, await by('HD-C2'))
  const command = { do: 'book-shortage', fundId, account: 'inkind', amountFen: fen(8_000) } as const
  const lost = [{ item: 'quilt', quantity: 1, unitFen: fen(8_000) }]
  const { proposalId } = await propose(services, { ...command, goods: lost }, await by('HD-K-汤河'))
  await makeCheckpoint(services, COUNTY)
  return proposalId
}

/** A payment file at the bank, a statement with a line to confirm and one to explain, a count that waits for its witness. */
async function someBankMatters({ services, by }: World, transfer: string) {
  const fundId = townshipFundId(TOWN)
  const { no: file } = await makePaymentFile(services, { orderIds: [transfer] }, await by('HD-K-汤河'))
  await registerAccount(services, { fundId, account: 'T-0001' }, await by('HD-C2'))
  const statement = [
    'account,date,bank_reference,line_no,amount,balance,text',
    'T-0001,2026-11-20,FEE,1,-2.00,998.00,fee',
    'T-0001,2026-11-20,FEE,2,-3.00,995.00,fee',
    '',
  ].join('\n')
  await importStatement(services, { fundId, bytes: Buffer.from(statement) }, await by('HD-K-汤河'))
  const lineId = `${COUNTY}/T-0001/FEE/1`
  await proposeMatch(services, { fundId, lineId, reason: 'bank_fee' }, await by('HD-K-汤河'))
  const count = await enterCount(services, { fundId, countedFen: 100_000 }, await by('HD-K-汤河'))
  return { file, count: count.id }
}

type Urgency = Parameters<typeof registerIntake>[1]['urgency']

async function register(world: World, urgency: Urgency, text: string, code: string | undefined, placeText: string) {
  const answer = await registerIntake(
    world.services,
    {
      channel: 'hotline',
      callType: 'HELP',
      urgency,
      place: { ...(code ? { code } : {}), text: placeText },
      phone: '12800001111',
      text,
      needy: 'self',
      personInNeed: { name: SAID.name, identityNumber: IDENTITY_NUMBER, phone: '12800001111' },
      tags: ['STRANDED', 'MIGRANT_NO_JOB'],
    },
    await world.by('HD-O1'),
  )
  return { intakeNo: answer.no, caseNo: answer.caseNo ?? '' }
}

async function taken(world: World, urgency: Urgency, text: string): Promise<string> {
  const { caseNo: no } = await register(world, urgency, text, TOWN, SAID.station)
  await acknowledgeCase(world.services, { no }, await world.by('HD-D-汤河'))
  await verifyCase(world.services, { no }, await world.by('HD-D-汤河'))
  return no
}

async function offersToNeighbour(world: World, no: string): Promise<void> {
  const offer = { no, toUnit: NEIGHBOUR, reason: 'other' as const, note: SAID.border }
  await offerTransfer(world.services, offer, await world.by('HD-D-汤河'))
}

async function refusedTwice(world: World, no: string): Promise<void> {
  for (let time = 0; time < 2; time += 1) {
    await offersToNeighbour(world, no)
    await refuseTransfer(world.services, { no, reason: 'other', note: SAID.bridge }, await world.by('HD-D-八湖'))
  }
}

/** Cases in every stage from just rung in to closed. */
async function someCases(world: World) {
  const fresh = await register(world, 'P0', SAID.fire, TOWN, SAID.station)
  const unplaced = await register(world, 'P1', SAID.long, undefined, SAID.nowhere)
  const verified = await taken(world, 'P2', SAID.long)
  const urgent = await taken(world, 'P1', SAID.stranded)
  const offered = await taken(world, 'P2', SAID.stranded)
  await offersToNeighbour(world, offered)
  const ruled = await taken(world, 'P2', SAID.stranded)
  await refusedTwice(world, ruled)
  const { caseNo: advanced, decision: open } = await advance(world)
  const ended = await explained(world)
  const confirmed = await explained(world)
  await confirmSupplement(world.services, { id: confirmed.decision.id }, await world.by('HD-C1'))
  const closed = await explained(world)
  await confirmSupplement(world.services, { id: closed.decision.id }, await world.by('HD-C1'))
  await giveFeedback(
    world.services,
    { no: closed.caseNo, medium: 'phone', text: SAID.told },
    await world.by('HD-D-汤河'),
  )
  await closeCase(world.services, { no: closed.caseNo }, await world.by('HD-D-汤河'))
  return {
    intakeNo: fresh.intakeNo,
    fresh: fresh.caseNo,
    unplacedIntake: unplaced.intakeNo,
    unplaced: unplaced.caseNo,
    verified,
    urgent,
    offered,
    ruled,
    advanced,
    explained: ended.caseNo,
    confirmed: confirmed.caseNo,
    closed: closed.caseNo,
    decision: open.id,
    paid: open.orders[0]?.id ?? '',
    payable: open.orders[1]?.id ?? '',
    transfer: open.orders[2]?.id ?? '',
  }
}

/** Decided in three orders, the first of them paid; the emergency is over and the papers are due. */
async function advance(world: World): Promise<{ caseNo: string; decision: DecisionAnswer }> {
  const caseNo = await taken(world, 'P1', SAID.stranded)
  const payee = { name: SAID.name, relation: 'self' }
  const decision = await decideAid(
    world.services,
    {
      no: caseNo,
      kind: 'QUICK',
      persons: 1,
      reason: SAID.reason,
      orders: [
        { kind: 'CASH', amountFen: 20_000, payee },
        { kind: 'SERVICE', amountFen: 12_000, payee, item: SAID.inn },
        { kind: 'TRANSFER', amountFen: 15_000, payee: { ...payee, bank: SAID.label, account: '6200000000000000000' } },
      ],
    },
    await world.by('HD-D-汤河'),
  )
  await payOrder(world.services, { orderId: decision.orders[0]?.id ?? '' }, await world.by('HD-K-汤河'))
  await endEmergency(world.services, { no: caseNo, endedAt: world.clock.now() }, await world.by('HD-D-汤河'))
  return { caseNo, decision }
}

/** A case whose papers are filed and wait for the county. */
async function explained(world: World): Promise<{ caseNo: string; decision: DecisionAnswer }> {
  const { services } = world
  const no = await taken(world, 'P3', SAID.stranded)
  const decision = await decideAid(
    services,
    {
      no,
      kind: 'QUICK',
      persons: 1,
      reason: SAID.reason,
      orders: [{ kind: 'CASH', amountFen: 3_000, payee: { name: SAID.name, relation: 'self' }, item: SAID.food }],
    },
    await world.by('HD-D-汤河'),
  )
  await payOrder(services, { orderId: decision.orders[0]?.id ?? '' }, await world.by('HD-K-汤河'))
  await endEmergency(services, { no, endedAt: world.clock.now() }, await world.by('HD-D-汤河'))
  const papers = { id: decision.id, text: SAID.papers, checked: ['receipt'] }
  await fileSupplement(services, papers, await world.by('HD-D-汤河'))
  return { caseNo: no, decision }
}

/** Cases before the conference: proposed, with its meeting set, under discussion, resolved. */
async function someItems(world: World) {
  const proposed = await beforeConference(world)
  const scheduled = await withMeeting(world)
  const session = await inSession(world)
  const resolved = await inSession(world)
  await resolveItem(
    world.services,
    {
      id: resolved,
      text: SAID.resolved,
      presentUnits: MEETING,
      measures: [
        { unit: `${COUNTY}-housing`, text: SAID.measure, amountFen: 500_000, dueAt: later(world, 30 * 24) },
        { unit: COUNTY, text: SAID.food, amountFen: 0, dueAt: later(world, 24) },
      ],
    },
    await world.by('HD-S1'),
  )
  return { proposed, scheduled, session, resolved }
}

const MEETING = [COUNTY, `${COUNTY}-finance`, `${COUNTY}-housing`]

function later({ clock }: World, hours: number): Date {
  return new Date(clock.now().getTime() + hours * 3_600_000)
}

async function beforeConference(world: World): Promise<string> {
  const no = await taken(world, 'P2', SAID.long)
  const proposal = { no, triggers: ['several_departments', 'risk'] as const, reason: SAID.big }
  return (await proposeCase(world.services, proposal, await world.by('HD-D-汤河'))).id
}

async function withMeeting(world: World): Promise<string> {
  const id = await beforeConference(world)
  await acceptItem(world.services, { id }, await world.by('HD-C1'))
  const meeting = { id, meetingAt: later(world, 1), units: MEETING }
  await scheduleItem(world.services, meeting, await world.by('HD-S1'))
  return id
}

async function inSession(world: World): Promise<string> {
  const id = await withMeeting(world)
  await openItem(world.services, { id }, await world.by('HD-CH1'))
  for (const account of ['HD-M-民政', 'HD-M-财政', 'HD-M-住建']) {
    const opinion = { id, stance: 'FOR' as const, text: SAID.opinion, offerFen: 300_000 }
    await giveOpinion(world.services, opinion, await world.by(account))
  }
  return id
}

/** A household of two, and somebody's look behind a mask. */
async function somePeople(world: World) {
  const by = () => world.by('HD-D-汤河')
  const { personId } = await registerPerson(
    world.services,
    {
      name: SAID.neighbour,
      identityNumber: '329900197001011234',
      phones: ['12800001111', '12800002222'],
      bankAccount: { account: '6200000000000000000', bank: SAID.label },
      address: SAID.village,
      registration: SAID.village,
      health: SAID.health,
      residence: TOWN,
      tags: [{ code: 'migrant', source: 'call' }],
      notes: ['hard_of_hearing', 'dialect'],
    },
    await by(),
  )
  const child = await registerPerson(
    world.services,
    { name: SAID.child, birth: '2019-05-01', residence: TOWN },
    await by(),
  )
  await joinHousehold(world.services, { personId, relation: 'head' }, await by())
  await joinHousehold(
    world.services,
    { personId: child.personId, withPersonId: personId, relation: 'child' },
    await by(),
  )
  await revealField(world.services, { personId, field: 'phones', reason: 'contact_person' }, await by())
  return { person: personId, child: child.personId }
}

/** One call rings, one is spoken, one was missed and is owed a callback. */
async function someCalls(world: World) {
  const [line] = await world.services.hotlines.list(COUNTY)
  const to = line?.number ?? ''
  const ringing = { callSid: 'CA-every-page-ringing', from: '12800001111', to }
  const spoken = { callSid: 'CA-every-page-spoken', from: '12800002222', to }
  const missed = { callSid: 'CA-every-page-missed', from: '12800003333', to }
  for (const call of [spoken, missed, ringing]) await answerCall(world.services, call)
  await markAnswered(world.services, COUNTY, spoken.callSid, 'HD-O1')
  await markEnded(world.services, COUNTY, missed.callSid)
  return { ringing: ringing.callSid, spoken: spoken.callSid, line: line?._id ?? '' }
}

/** An absence, a note for the next shift, a reset to confirm, a token, a second factor half set up, a newcomer. */
async function someStaffMatters(world: World, password: string) {
  const { services } = world
  const officer = await world.staff('HD-D-汤河')
  const from = world.clock.now()
  const to = new Date(from.getTime() + 3_600_000)
  await addAbsence(services, { unit: TOWN, staffId: officer.staffId, from, to }, await world.by('HD-D-汤河'))
  await handOverShift(services, { unit: TOWN, text: SAID.note }, await world.by('HD-B-汤河'))
  await askReset(services, { staffId: officer.staffId, kind: 'both' }, await world.by('HD-ADM2'))
  await makeToken(services, { label: SAID.label, days: 30 }, await world.by('HD-B-汤河'))
  await startTotp(services, { password, address: '127.0.0.1' }, await world.by('HD-H-汤河'))
  await useSecondFactor(world, 'HD-B-八湖', password)
  const roles = [{ role: 'duty_officer' as const, unit: TOWN }]
  const added = await addStaff(
    services,
    { account: 'HD-newcomer', name: SAID.newcomer, unit: TOWN, roles, language: 'zh-CN' },
    await world.by('HD-ADM'),
  )
  return { officer: officer.staffId, newcomerPassword: added.oneTimePassword ?? '', township: TOWN }
}

async function useSecondFactor({ services, clock, by }: World, account: string, password: string): Promise<void> {
  const address = '127.0.0.1'
  const { secret } = await startTotp(services, { password, address }, await by(account))
  const code = await generate({ secret, epoch: clock.now().getTime() / 1000 })
  await confirmTotp(services, { code, address }, await by(account))
}
