import { expect } from 'chai'
import type { MatchOptions } from '../../../src/routing/place/index.ts'
import { createMatcher } from '../../../src/routing/place/index.ts'
import { demoDivisions } from './demo-list.ts'

const HAIMEN = { county: '320614' }
const HEDONG = { county: '371312' }
const CHANGLE = ['320614103', '140829101', '450521112', '510921104', '640502107']

/** Text, where it is read, the code it leads to, the reason. */
type Found = readonly [text: string, where: MatchOptions, code: string, reason: string]

/** Text, where it is read, the reason, the first choices. */
type Asked = readonly [text: string, where: MatchOptions, reason: string, ...first: string[]]

describe('Routing - place matcher', () => {
  const { match } = createMatcher(demoDivisions())

  const finds = (cases: readonly Found[]) => {
    for (const [text, where, code, reason] of cases) {
      it(`takes ${text} as ${code}`, () => {
        const found = match(text, where)
        expect([found.code, found.reason.code]).to.deep.equal([code, reason])
        expect(found.confidence).to.be.at.least(0.7)
      })
    }
  }

  const asks = (cases: readonly Asked[]) => {
    for (const [text, where, reason, ...first] of cases) {
      it(`asks about ${text || 'an empty text'} (${reason})`, () => {
        const found = match(text, where)
        expect([found.code, found.name, found.path, found.reason.code]).to.deep.equal([null, null, null, reason])
        expect(found.candidates.map(({ code }) => code).slice(0, first.length)).to.deep.equal(first)
        expect(found.confidence).to.be.below(0.7)
      })
    }
  }

  describe('when county and township are named', () => {
    finds([
      ['海门区常乐镇', {}, '320614103', 'county_and_township'],
      ['江苏省南通市海门区常乐镇人民路12号', {}, '320614103', 'county_and_township'],
      ['南通市海门区常乐镇', HEDONG, '320614103', 'county_and_township'],
      ['海门常乐镇', {}, '320614103', 'county_and_township'],
      ['南通海门余东镇凤城街', {}, '320614106', 'county_and_township'],
      ['江苏海门悦来镇卫生院', {}, '320614104', 'county_and_township'],
      ['海门区海永镇沙滩旁', HAIMEN, '320614102', 'county_and_township'],
      ['我在海门常乐镇的公交站', HAIMEN, '320614103', 'county_and_township'],
      ['喂你好，我现在海门区正余镇，快来人', HAIMEN, '320614107', 'county_and_township'],
      ['山东省临沂市河东区九曲街道', {}, '371312001', 'county_and_township'],
      ['临沂河东太平街道', HEDONG, '371312005', 'county_and_township'],
      ['河东区郑旺镇大尤家村', HEDONG, '371312108', 'county_and_township'],
      ['河东区芝麻墩街道办事处', HEDONG, '371312009', 'county_and_township'],
      ['河东区凤凰岭办事处前', HEDONG, '371312007', 'county_and_township'],
      ['山西省平陆县常乐镇', HAIMEN, '140829101', 'county_and_township'],
      ['合浦县常乐镇', HAIMEN, '450521112', 'county_and_township'],
      ['四川蓬溪常乐镇', HAIMEN, '510921104', 'county_and_township'],
      ['宁夏中卫沙坡头区常乐镇', {}, '640502107', 'county_and_township'],
    ])
  })

  describe('when the order is another or signs stand between', () => {
    finds([
      ['常乐镇海门区', {}, '320614103', 'county_and_township'],
      ['常乐镇，海门区，南通市，江苏省', {}, '320614103', 'county_and_township'],
      ['海门区 - 常乐镇 - 3组', {}, '320614103', 'county_and_township'],
      ['海 门 区 常 乐 镇', {}, '320614103', 'county_and_township'],
      ['（海门区）常乐镇【公交站】', {}, '320614103', 'county_and_township'],
      ['海门区\u3000四甲镇', {}, '320614105', 'county_and_township'],
      ['海门区的常乐镇上', {}, '320614103', 'county_and_township'],
    ])
  })

  describe('when it is written in traditional characters', () => {
    finds([
      ['江蘇省南通市海門區常樂鎮', {}, '320614103', 'county_and_township'],
      ['海門區悅來鎮', {}, '320614104', 'county_and_township'],
      ['臨沂市河東區鄭旺鎮', {}, '371312108', 'county_and_township'],
      ['河東區湯頭街道辦事處', HEDONG, '371312006', 'county_and_township'],
    ])
  })

  describe('when a name or code of before is used', () => {
    finds([
      ['海门市常乐镇', {}, '320614103', 'county_and_township'],
      ['江苏省海门县余东镇', {}, '320614106', 'county_and_township'],
      ['320684 常乐镇', HEDONG, '320614103', 'county_and_township'],
      ['河东区汤头镇', HEDONG, '371312006', 'kind_changed'],
      ['临沂市河东区相公镇', {}, '371312004', 'kind_changed'],
      ['河东区八湖乡', HEDONG, '371312107', 'kind_changed'],
    ])

    it('says so', () => {
      const found = match('海门市常乐镇')
      expect(found.reason.notes).to.deep.equal(['old_name'])
      expect(found.reason.zh).to.include('“海门市”是旧名')
      expect(found.reason.en).to.include('“海门市” is a former name')
    })
    asks([
      ['320684', {}, 'county_only', '320614102', '320614103'],
      ['320602', HAIMEN, 'county_only'],
      ['320684103', {}, 'code_unknown', '320614103'],
      ['海安县', {}, 'county_only'],
    ])

    it('leads both 崇川区 320602 and 港闸区 320611 to 崇川区 320613, and 海安县 320621 to 海安市 320685', () => {
      const places = ['320602', '320611', '320621'].map((code) => match(code).reason.zh)
      expect(places[0]).to.include('崇川区').and.include('“320602”是旧名或旧码')
      expect(places[1]).to.include('崇川区')
      expect(places[2]).to.include('海安市')
    })
  })

  describe('when a short name stands right behind its county', () => {
    finds([
      ['海门常乐', {}, '320614103', 'county_and_short_name'],
      ['海门常乐公交站', HAIMEN, '320614103', 'county_and_short_name'],
      ['我老公在海门常乐被车撞了', HAIMEN, '320614103', 'county_and_short_name'],
      ['海门区四甲街上', HAIMEN, '320614105', 'county_and_short_name'],
      ['河东汤河派出所', HEDONG, '371312104', 'county_and_short_name'],
    ])
    asks([
      ['海门常乐医院', HAIMEN, 'short_name_unsure', '320614103'],
      ['常乐', HAIMEN, 'short_name_unsure', ...CHANGLE],
      ['余东古镇', HAIMEN, 'short_name_unsure', '320614106'],
      ['我老公在海门常乐开店', HAIMEN, 'short_name_unsure', '320614103'],
    ])
  })

  describe('when a name exists elsewhere too', () => {
    asks([
      ['常乐镇', HAIMEN, 'name_in_several_counties', ...CHANGLE],
      ['常乐镇', {}, 'name_in_several_counties', '140829101', '320614103'],
      ['常乐镇公交站', HAIMEN, 'name_in_several_counties', ...CHANGLE],
      ['悦来镇', HAIMEN, 'name_in_several_counties', '320614104', '321322111'],
      ['太平街道', HEDONG, 'name_in_several_counties', '371312005'],
      ['朝阳街道', HEDONG, 'name_in_several_counties', '371312011'],
    ])

    it('offers 悦来镇 eight times', () => {
      expect(match('悦来镇', HAIMEN).candidates).to.have.length(8)
    })

    it('gives every choice its path', () => {
      const [own, next] = match('常乐镇', HAIMEN).candidates
      expect(own?.path).to.equal('江苏省/南通市/海门区/常乐镇')
      expect(next?.path).to.equal('山西省/运城市/平陆县/常乐镇')
    })
  })

  describe('when a name exists once', () => {
    finds([
      ['四甲镇', HAIMEN, '320614105', 'own_county'],
      ['余东镇凤城路5号', HAIMEN, '320614106', 'own_county'],
      ['芝麻墩街道', HEDONG, '371312009', 'own_county'],
      ['四甲镇', {}, '320614105', 'unique_name'],
      ['南通市四甲镇', HEDONG, '320614105', 'prefecture_and_township'],
      ['江苏省常乐镇', HEDONG, '320614103', 'province_and_township'],
    ])
    asks([['四甲镇', HEDONG, 'elsewhere_only', '320614105']])
  })

  describe('when it was heard and not read', () => {
    finds([
      ['海门区长乐镇', HAIMEN, '320614103', 'sounds_like'],
      ['海门区月来镇', HAIMEN, '320614104', 'sounds_like'],
      ['河东区糖头街道', HEDONG, '371312006', 'sounds_like'],
    ])
    asks([
      ['长乐镇', HAIMEN, 'sound_unsure', '320614103'],
      ['海门区于东真', HAIMEN, 'sound_unsure', '320614106'],
    ])
  })

  describe('when a code stands in the text', () => {
    finds([
      ['320614103', {}, '320614103', 'code'],
      ['320614103 12号', {}, '320614103', 'code'],
      ['320614103000', HEDONG, '320614103', 'code'],
      ['地点320614103，公交站', {}, '320614103', 'code'],
      ['３２０６１４１０３', {}, '320614103', 'code'],
      ['320614103 常乐镇', HEDONG, '320614103', 'code'],
      ['320614 常乐镇', HEDONG, '320614103', 'county_and_township'],
      ['320614105201', {}, '320614105201', 'code'],
      ['320614105999', {}, '320614105', 'code'],
      ['海门区常乐镇，邮编226124，电话051382211234', {}, '320614103', 'county_and_township'],
      ['邮编320623 海门区常乐镇', {}, '320614103', 'county_and_township'],
    ])
    asks([
      ['320614103 海门区悦来镇', HAIMEN, 'code_and_name_disagree', '320614103', '320614104'],
      ['320614103 如东县', HAIMEN, 'code_and_name_disagree', '320614103', '320623'],
      ['320614103 320614104', HAIMEN, 'several_townships', '320614103', '320614104'],
      ['320614', {}, 'county_only', '320614102'],
      ['320600', {}, 'prefecture_only'],
      ['320614999', {}, 'code_unknown', '320614102'],
      ['999999999', {}, 'nothing_found'],
    ])
  })

  describe('when two townships are named', () => {
    asks([
      ['常乐镇和悦来镇交界', HAIMEN, 'several_townships', '320614103', '320614104'],
      ['海门区常乐镇和悦来镇交界处', {}, 'several_townships', '320614103', '320614104'],
      ['海门区四甲镇、余东镇之间的路上', HAIMEN, 'several_townships', '320614105', '320614106'],
      ['从悦来镇到常乐镇的路上', HAIMEN, 'several_townships', '320614103', '320614104'],
      ['海门区去常乐镇的路上', HAIMEN, 'on_the_way', '320614103'],
    ])
  })

  describe('when a place is named where the emergency is not', () => {
    finds([
      ['户籍云南楚雄州，人在海门常乐镇', HAIMEN, '320614103', 'county_and_township'],
      ['老家临沂河东的在海门区常乐镇公交站', HAIMEN, '320614103', 'county_and_township'],
      ['户口在河东区汤头街道，现在海门区四甲镇', HAIMEN, '320614105', 'county_and_township'],
      ['籍贯：山东省临沂市河东区。现在海门区余东镇', HAIMEN, '320614106', 'county_and_township'],
      ['我是山东临沂人，在海门区正余镇', HAIMEN, '320614107', 'county_and_township'],
      ['从启东过来，在海门区常乐镇', HAIMEN, '320614103', 'county_and_township'],
      ['在海门区常乐镇，想回山东临沂', HAIMEN, '320614103', 'county_and_township'],
    ])
    asks([
      ['老家河东区汤头街道', HAIMEN, 'origin_only'],
      ['户籍江苏省南通市海门区常乐镇', HEDONG, 'origin_only'],
      ['户籍海门区，在常乐镇', HAIMEN, 'name_in_several_counties', ...CHANGLE],
    ])

    it('says that it was not counted', () => {
      expect(match('海门常乐镇').reason.notes).to.deep.equal([])
      expect(match('户籍河东区汤头街道，人在海门常乐镇').reason.notes).to.deep.equal(['origin_ignored'])
    })
  })

  describe('when it is a pseudo-unit', () => {
    finds([
      ['海门港新区', HAIMEN, '320614415', 'own_county'],
      ['南通市海门区东灶港', HAIMEN, '320614415', 'county_and_township'],
      ['海门区三星镇叠石桥', HAIMEN, '320614416', 'county_and_township'],
      ['海门区江心沙农场', HAIMEN, '320614413', 'county_and_township'],
      ['海门区经济技术开发区', HAIMEN, '320614400', 'county_and_township'],
    ])

    it('names the unit that answers for it', () => {
      const found = match('海门港新区', HAIMEN)
      expect(found.responsibleUnit).to.equal('320614107')
      expect(found.reason.notes).to.deep.equal(['pseudo_unit'])
      expect(found.reason.zh).to.include('责任单位为海门区正余镇')
    })

    it('says when nobody is mapped', () => {
      const found = match('海门区江心沙农场', HAIMEN)
      expect([found.responsibleUnit, found.reason.notes]).to.deep.equal([null, ['pseudo_unit_unmapped']])
    })

    it('gives way to a township by law that is named with it', () => {
      expect(match('海门区经济技术开发区常乐镇', HAIMEN).code).to.equal('320614103')
    })
    asks([
      ['海门区三厂街道', HAIMEN, 'short_name_unsure', '320614409', '320614418'],
      ['三厂街道大庆路12号', HAIMEN, 'short_name_unsure', '320614409', '320614418'],
    ])
  })

  describe('when a village is named', () => {
    finds([
      ['海门区四甲镇四丰村3组', HAIMEN, '320614105201', 'county_and_township'],
      ['四甲镇四丰村村委会', HAIMEN, '320614105201', 'own_county'],
      ['河东区太平街道麦香社区', HEDONG, '371312005201', 'county_and_township'],
      ['海门区常乐镇不在册村', HAIMEN, '320614103', 'county_and_township'],
    ])
    asks([
      ['晨光村', HAIMEN, 'village_only', '320614103201'],
      ['海门区晨光村', HAIMEN, 'village_only', '320614103201'],
    ])
  })

  describe('when something is missing or does not fit', () => {
    asks([
      ['', HAIMEN, 'empty'],
      ['   ', HAIMEN, 'empty'],
      ['。。。！', HAIMEN, 'nothing_found'],
      ['天黑了，不知道在哪里', HAIMEN, 'nothing_found'],
      ['海门区', HEDONG, 'county_only', '320614102', '320614103'],
      ['海门人民医院', HAIMEN, 'county_only', '320614102'],
      ['海门区人民路18号', HAIMEN, 'county_only', '320614102'],
      ['南通市', HAIMEN, 'prefecture_only'],
      ['江苏', HAIMEN, 'province_only'],
      ['启东市常乐镇', HAIMEN, 'not_in_county', '320614103'],
      ['启东常乐镇', HAIMEN, 'not_in_county', '320614103'],
      ['南京市海门区常乐镇', HAIMEN, 'not_in_county', '320614103'],
      ['海门区和启东市交界', HAIMEN, 'several_counties', '320614', '320681'],
      ['平安县四甲镇', HAIMEN, 'unknown_county', '320614105'],
      ['海门区新常乐镇', HAIMEN, 'longer_name', '320614103'],
    ])

    it('does not take a road or a bank for a place', () => {
      expect(match('常乐路5号', HAIMEN).code).to.equal(null)
      expect(match('海门路太平洋保险', HEDONG).candidates).to.deep.equal([])
      expect(match('海门区常乐镇北京路上的临沂商城', HAIMEN).code).to.equal('320614103')
    })

    it('reads no more than it can and never throws', () => {
      expect(match(`${'很长的话'.repeat(2_000)}海门区常乐镇`, HAIMEN).code).to.equal(null)
      expect(match('\ud83d\ude00\ud800海门区常乐镇\u0000', HAIMEN).code).to.equal('320614103')
    })
  })

  it('tells its reason in both languages', () => {
    const { reason } = match('海门区常乐镇')
    expect(reason.zh).to.equal('文中写明县（市、区）和“常乐镇”，唯一对应海门区常乐镇。')
    expect(reason.en).to.equal('The text names the county and “常乐镇”; only 海门区常乐镇 fits.')
  })
})
