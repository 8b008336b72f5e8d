import { formView, moneyBar } from '../../src/platform/views/index.ts'
import type { MenuEntry, Presenter } from '../../src/platform/views/index.ts'

/** What one style-guide page shows, in the presenter's language. All people, numbers and places of work are made up. */
export interface Sample {
  readonly actorName: string
  readonly actorUnit: string
  readonly menu: readonly MenuEntry[]
  readonly page: Readonly<Record<string, unknown>>
}

/** The sample content of a page. */
export function samplePage(name: string, present: Presenter): Sample {
  const say = (zh: string, en: string) => (present.lng === 'en' ? en : zh)
  return {
    actorName: say('顾明远', 'Gu Mingyuan'),
    actorUnit: say('常乐镇', 'Changle'),
    menu: [
      { href: '#', text: say('我的急难', 'My cases'), current: true, count: 4 },
      { href: '#', text: say('会商', 'Conference') },
      { href: '#', text: say('备用金', 'Reserve fund') },
      { href: '#', text: say('值班表', 'Roster') },
    ],
    page: { ...common(present, say), ...own(name, present, say) },
  }
}

type Say = (zh: string, en: string) => string

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 28, 15, 52) + minutes * 60_000)

function own(name: string, present: Presenter, say: Say): Record<string, unknown> {
  if (name === 'officer') return { title: say('我的急难', 'My cases'), cases: cases(say) }
  if (name === 'question') return question(say)
  if (name === 'receipt') return receipt(say)
  if (name === 'operator')
    return { title: say('坐席工作台', 'Operator’s desk'), form: formView(present), person: person(say), ...line(say) }
  return {
    title: say('样式手册', 'Style guide'),
    form: wrongForm(present, say),
    table: table(say),
    bar: bar(present, say, 35_000),
  }
}

function common(present: Presenter, say: Say): Record<string, unknown> {
  return {
    words: words(say),
    crumbs: [
      { href: '#', text: say('我的急难', 'My cases') },
      { text: say('急难 2467 0246 1803', 'Case 2467 0246 1803') },
    ],
    calmAt: at(200),
    soonAt: at(12),
    overAt: at(-7),
    tags: [
      { text: say('未开始', 'Not started'), tone: 'plain' },
      { text: say('等待材料', 'Waiting for papers'), tone: 'waiting' },
      { text: say('办理中', 'In progress'), tone: 'active' },
      { text: say('已支付', 'Paid'), tone: 'done' },
      { text: say('被退回', 'Sent back'), tone: 'problem' },
    ],
    notices: [
      {
        tone: 'active',
        title: say('建议合并', 'May be the same case'),
        text: say('一小时内同一地点还有一次来电。', 'Another call came from the same place within the hour.'),
      },
      {
        tone: 'problem',
        title: say('备用金不足', 'Reserve fund too low'),
        text: say(
          '余额 ¥120.00，差 ¥230.00。可改由县级资金支付。',
          'Balance ¥120.00, short by ¥230.00. The county fund can pay instead.',
        ),
      },
    ],
    urgencies: [
      { value: 'P0', urgency: 'P0' },
      { value: 'P1', urgency: 'P1' },
      { value: 'P2', urgency: 'P2' },
      { value: 'P3', urgency: 'P3' },
    ],
    who: [
      { value: 'self', text: say('本人', 'The caller') },
      { value: 'other', text: say('别人', 'Somebody else') },
      { value: 'unknown', text: say('还不清楚', 'Not clear yet') },
    ],
    channels: [
      { value: 'phone', text: say('电话', 'Phone') },
      { value: 'window', text: say('窗口', 'Window') },
      { value: 'patrol', text: say('巡查', 'Patrol') },
    ],
    reasons: [
      { value: 'contact', text: say('联系本人', 'To reach the person') },
      { value: 'identity', text: say('核对身份', 'To confirm identity') },
      { value: 'payment', text: say('付款', 'To pay') },
    ],
    clocks: clocks(say),
    bar: bar(present, say, 35_000),
    barOver: bar(present, say, 120_000),
    sum: sum(say),
    timeline: timeline(say),
  }
}

function words(say: Say): Record<string, string> {
  return {
    newCase: say('新登记', 'New intake'),
    nextStep: say(
      '请受理：末班车后滞留在常乐镇车站，身无分文',
      'Take this case: stranded at Changle bus stop, no money',
    ),
    take: say('受理', 'Take'),
    handOver: say('转交同事', 'Hand over'),
    marks: say('标记', 'Marks'),
    why: say('急难发生在常乐镇，由常乐镇先行救助', 'It happened in Changle, so Changle helps first'),
    rule: say('急难发生地原则', 'Place of emergency'),
    table: say('可付的决定', 'Decisions to pay'),
    forms: say('登记', 'Register'),
    place: say('在哪里', 'Where'),
    need: say('发生了什么', 'What happened'),
    needHint: say('一句话就够', 'One sentence is enough'),
    phone: say('电话', 'Phone'),
    urgency: say('有多急', 'How urgent'),
    who: say('谁需要帮助', 'Who needs help'),
    channel: say('来源', 'Came by'),
    amount: say('金额', 'Amount'),
    happened: say('发生时间', 'When'),
    story: say('详细情况', 'More detail'),
    photo: say('照片', 'Photo'),
    saveAndRoute: say('保存并派单', 'Save and route'),
    newDraft: say('新登记', 'New draft'),
    cancel: say('取消', 'Cancel'),
    money: say('金额与限额', 'Money and limits'),
    person: say('当事人', 'Who this may be'),
    name: say('姓名', 'Name'),
    maskedName: say('张＊', 'Zhang ＊'),
    maskedPhone: '128＊＊＊＊0000',
    placeValue: say('江苏省 南通市 海门区 常乐镇 汽车站', 'Bus stop, Changle, Haimen District, Nantong, Jiangsu'),
    emptyTitle: say('无人认领', 'Unowned'),
    empty: say('没有无人认领的急难。每一件都有人负责。', 'No case without an owner. Somebody answers for each one.'),
    warning: say('不予救助', 'Refusal'),
    refuse: say('不予救助…', 'Refuse…'),
    queue: say('排队', 'Queue'),
    callbacks: say('我的回拨', 'My callbacks'),
    call: say('通话 128＊＊＊＊0000', 'Call 128＊＊＊＊0000'),
  }
}

function cases(say: Say) {
  const take = (no: string) => ({ post: `/cases/${no}/acknowledge`, text: say('受理', 'Take'), version: 1 })
  return [
    {
      id: '246700000017',
      href: '/cases/246700000017',
      urgency: 'P0',
      place: say('悦来镇 三民村', 'Sanmin village, Yuelai'),
      text: say('住房着火，一家四口无处可住，119 已到场', 'House fire, family of four without shelter; 119 on site'),
      dueAt: at(-7),
      action: take('246700000017'),
    },
    {
      id: '246700000025',
      href: '/cases/246700000025',
      urgency: 'P1',
      place: say('常乐镇 汽车站', 'Bus stop, Changle'),
      text: say('外来务工者夜间滞留，钱包被偷', 'Stranded at night, bag stolen'),
      dueAt: at(12),
      action: take('246700000025'),
    },
    {
      id: '246700000033',
      href: '/cases/246700000033',
      urgency: 'P2',
      place: say('海永镇', 'Haiyong'),
      text: say('独居老人跌倒，需要照护', 'Older person living alone has fallen, needs care'),
      dueAt: at(200),
      action: { href: '/cases/246700000033/decide', text: say('决定', 'Decide') },
    },
    {
      id: '246700000041',
      href: '/cases/246700000041',
      urgency: 'P3',
      place: say('正余镇', 'Zhengyu'),
      text: say('先行救助后待补材料', 'Papers due after an advance'),
      dueAt: at(60 * 24 * 5 + 488),
      action: { href: '/cases/246700000041/supplement', text: say('补充', 'Complete') },
    },
  ]
}

function question(say: Say) {
  return {
    title: say('您需要什么帮助？', 'What do you need?'),
    lead: say(
      '不需要户口本，也不需要证明。先说事，材料以后再补。',
      'No household book, no certificate. Tell us first; papers can follow.',
    ),
    ways: [
      { text: say('我要报告急难', 'I want to report an emergency') },
      { text: say('我的事办到哪一步了', 'How is my case?') },
    ],
  }
}

function receipt(say: Say) {
  return {
    title: say('急难救助金领取凭证', 'Receipt for emergency assistance'),
    paper: 'A5',
    backHref: '#',
    unit: say('海门区常乐镇人民政府', 'People’s Government of Changle, Haimen District'),
    number: 'HM-CL-2026-0113',
    url: 'http://127.0.0.1:3000/payment-orders/0113',
    totalFen: 35_000,
    sum: sum(say),
    rows: [
      { label: say('领取人', 'Paid to'), cell: { text: say('测试甲', 'Test A') } },
      { label: say('急难编号', 'Case'), cell: { text: '2467 0246 1803' } },
      { label: say('支付时间', 'Paid at'), cell: { at: at(30) } },
    ],
  }
}

function line(say: Say) {
  return {
    queue: {
      caption: say('排队', 'Queue'),
      hideCaption: true,
      columns: [{ text: say('来电', 'Caller') }, { text: say('等候', 'Waiting'), numeric: true }],
      rows: [
        { id: 'a', cells: [{ text: '128＊＊＊＊0000', note: say('曾来电', 'called before') }, { text: '0:42' }] },
        { id: 'b', cells: [{ text: '129＊＊＊＊1111' }, { text: '0:15' }] },
      ],
    },
    callbacks: [
      {
        name: '128＊＊＊＊2222',
        dueAt: at(9),
        state: 'running',
        rule: say('15 分钟内回拨', 'Call back within 15 min'),
      },
    ],
  }
}

function person(say: Say) {
  return [
    { label: say('可能是', 'May be'), cell: { text: say('张＊，38 岁', 'Zhang ＊, 38') } },
    { label: say('未结', 'Open'), cell: { text: say('急难 2467 0000 0025', 'Case 2467 0000 0025'), href: '#' } },
    { label: say('今年已救助', 'Aid this year'), cell: { amountFen: 35_000 } },
  ]
}

function wrongForm(present: Presenter, say: Say) {
  return formView(present, {
    values: {
      place: say('常乐', 'Changle'),
      urgency: 'P1',
      who: ['self'],
      amount: '35O',
      channel: 'phone',
      happened: '2026-11-28T23:40',
    },
    errors: { need: 'common:field.required', amount: 'common:field.amount' },
    version: 3,
  })
}

function table(say: Say) {
  return {
    caption: say('可付的决定', 'Decisions to pay'),
    hideCaption: true,
    columns: [
      { text: say('紧急', 'Urgency') },
      { text: say('领取人', 'Payee') },
      { text: say('形式', 'Form') },
      { text: say('时限', 'Deadline') },
      { text: say('金额', 'Amount'), numeric: true },
      { text: say('操作', 'Action'), hideText: true },
    ],
    rows: [
      {
        id: '1',
        cells: [
          { urgency: 'P1' },
          { text: say('测试甲', 'Test A'), href: '#' },
          { text: say('现金', 'Cash') },
          { dueAt: at(12) },
          { amountFen: 20_000 },
          { action: { href: '#', text: say('付款', 'Pay') } },
        ],
      },
      {
        id: '2',
        cells: [
          { urgency: 'P2' },
          { text: say('测试乙', 'Test B'), href: '#' },
          { text: say('转账', 'Transfer') },
          { dueAt: at(200) },
          { amountFen: 1_200_000 },
          { action: { href: '#', text: say('付款', 'Pay') } },
        ],
      },
      {
        id: '3',
        cells: [
          { urgency: 'P3' },
          { text: say('海门区残疾人联合会辅助器具中心', 'Assistive devices centre, Haimen'), href: '#' },
          { text: say('服务', 'Service') },
          { dueAt: at(-61) },
          { amountFen: 24_000 },
          { action: { href: '#', text: say('付款', 'Pay') } },
        ],
      },
    ],
    next: { href: '#' },
  }
}

function clocks(say: Say) {
  const rule = say('急难救助规程 第 12 条', 'Aid rules, art. 12')
  return [
    { name: say('受理', 'Take'), dueAt: at(12), state: 'running', rule },
    { name: say('补充材料', 'Papers'), dueAt: new Date('2026-12-04T16:00:00Z'), state: 'running', rule },
    { name: say('回访', 'Call back'), dueAt: at(-90), state: 'breached', rule },
    { name: say('登记', 'Register'), dueAt: at(-12), state: 'met', rule },
  ]
}

function bar(present: Presenter, say: Say, usedFen: number) {
  return moneyBar(present, {
    label: say('本次急难累计', 'This emergency so far'),
    usedFen,
    limitFen: 100_000,
    note: say('先行救助限额，自 2026-07-01', 'Quick aid limit since 2026-07-01'),
  })
}

function sum(say: Say) {
  return [
    { text: say('现金', 'Cash'), amountFen: 20_000 },
    { text: say('住宿券', 'Inn voucher'), amountFen: 12_000 },
    { text: say('食品', 'Food'), amountFen: 3_000 },
    { text: say('合计', 'Total'), amountFen: 35_000, total: true },
  ]
}

function timeline(say: Say) {
  return [
    {
      id: 't3',
      at: at(-2),
      text: say('常乐镇值班干部受理', 'Taken by the duty officer of Changle'),
      who: say('顾明远', 'Gu Mingyuan'),
    },
    {
      id: 't2',
      at: at(-11),
      text: say('派到常乐镇', 'Routed to Changle'),
      note: say('急难发生地 320614103', 'Place of emergency 320614103'),
    },
    { id: 't1', at: at(-12), text: say('来电登记', 'Call registered'), who: say('坐席一', 'Operator 1'), href: '#' },
  ]
}
