/** The document a value comes from. */
export interface Source {
  /** Short id under which the values of one document are found together. */
  readonly id: string
  readonly title: string
  /** Document number, e.g. 民发〔2018〕23号. */
  readonly number?: string
  /** Date of the document, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  readonly date?: string
  /** Where it was read. */
  readonly href?: string
}

/** Where the national defaults come from. Source: rules, "National rules" and "By place". */
export const SOURCES = {
  N18: { id: 'N18', title: '关于进一步健全完善临时救助制度的意见（小额快救）', date: '2026-01' },
  N19: { id: 'N19', title: '关于进一步健全完善临时救助制度的意见（小额快救额度）', date: '2026-01' },
  N28: {
    id: 'N28',
    title: '关于进一步优化地方政务服务便民热线的指导意见',
    number: '国办发〔2020〕53号',
    date: '2020-12',
  },
  N29: { id: 'N29', title: '政府热线服务规范', number: 'GB/T 33358-2016', date: '2016' },
  N31: { id: 'N31', title: '城市生活无着的流浪乞讨人员救助管理办法实施细则', number: '民政部令24号', date: '2003' },
  N34: { id: 'N34', title: '中华人民共和国个人信息保护法', date: '2021-08-20' },
  N35: { id: 'N35', title: '社会救助领域基层政务公开标准目录', date: '2019' },
  TIANJIN_HOTLINE: { id: 'TIANJIN_HOTLINE', title: '天津市热线管理办法实施细则' },
  SHANDONG_HOTLINE: { id: 'SHANDONG_HOTLINE', title: '山东省政务服务热线管理办法', date: '2020-01' },
  SHANDONG_2019: { id: 'SHANDONG_2019', title: '山东省临时救助工作规程（据新华社报道）', date: '2019-10-23' },
  ZOUPING_2018: { id: 'ZOUPING_2018', title: '邹平市急难型临时救助（据滨州网报道）', date: '2018-10-15' },
  CHUXIONG_2021: { id: 'CHUXIONG_2021', title: '楚雄州临时救助办理规定', date: '2021-06-04' },
  HANJIANG_2020: { id: 'HANJIANG_2020', title: '涵江区临时救助规定', number: '涵民〔2020〕3号', date: '2020' },
  ZHEJIANG: { id: 'ZHEJIANG', title: '浙江省临时救助规定（岱山县公开）', date: '2022-10-12' },
  TIANJIN_2021: { id: 'TIANJIN_2021', title: '天津市临时救助规定（据天津日报报道）', date: '2021-08-30' },
  KASHI_2023: { id: 'KASHI_2023', title: '喀什地区临时救助规定', date: '2023-07' },
  YUNNAN_2023: { id: 'YUNNAN_2023', title: '云南省临时救助资金发放要求（大姚县公开）', date: '2023-07-26' },
  XUANZHOU_2022: { id: 'XUANZHOU_2022', title: '宣州区临时救助规定', date: '2022-03-28' },
  CHOSEN: { id: 'CHOSEN', title: '产品默认值，无外部依据，由县级确定' },
} as const satisfies Record<string, Source>

export type SourceId = keyof typeof SOURCES
