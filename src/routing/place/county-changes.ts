/** A county that went into another under a new code or name. */
export interface CountyChange {
  readonly code: string
  readonly name: string
  readonly successor: string
}

/**
 * Counties people still name although they went into another one, believed when a list does not tell itself.
 *
 * A changed kind alone (海门市 → 海门区) needs no entry, since a county is recognised under every kind; entries are for
 * names that vanished and for the codes the service meets. An imported list with its own validity and successors wins.
 * Source: announcements of changes of divisions, 2005–2021, Ministry of Civil Affairs; Nantong as in the domain rules.
 */
export const COUNTY_CHANGES: readonly CountyChange[] = [
  { code: '320684', name: '海门市', successor: '320614' },
  { code: '320602', name: '崇川区', successor: '320613' },
  { code: '320611', name: '港闸区', successor: '320613' },
  { code: '320621', name: '海安县', successor: '320685' },
  { code: '320683', name: '通州市', successor: '320612' },
  { code: '110103', name: '崇文区', successor: '110101' },
  { code: '110104', name: '宣武区', successor: '110102' },
  { code: '120107', name: '塘沽区', successor: '120116' },
  { code: '120108', name: '汉沽区', successor: '120116' },
  { code: '120109', name: '大港区', successor: '120116' },
  { code: '310103', name: '卢湾区', successor: '310101' },
  { code: '310108', name: '闸北区', successor: '310106' },
  { code: '310119', name: '南汇区', successor: '310115' },
  { code: '320103', name: '白下区', successor: '320104' },
  { code: '320107', name: '下关区', successor: '320106' },
  { code: '320202', name: '崇安区', successor: '320213' },
  { code: '320203', name: '南长区', successor: '320213' },
  { code: '320204', name: '北塘区', successor: '320213' },
  { code: '320502', name: '沧浪区', successor: '320508' },
  { code: '320503', name: '平江区', successor: '320508' },
  { code: '320504', name: '金阊区', successor: '320508' },
  { code: '330103', name: '下城区', successor: '330105' },
  { code: '330104', name: '江干区', successor: '330102' },
  { code: '330204', name: '江东区', successor: '330212' },
  { code: '370205', name: '四方区', successor: '370203' },
  { code: '370284', name: '胶南市', successor: '370211' },
  { code: '120225', name: '蓟县', successor: '120119' },
  { code: '330621', name: '绍兴县', successor: '330603' },
  { code: '420321', name: '郧县', successor: '420304' },
  { code: '440102', name: '东山区', successor: '440104' },
  { code: '440107', name: '芳村区', successor: '440103' },
  { code: '440116', name: '萝岗区', successor: '440112' },
  { code: '450127', name: '横县', successor: '450181' },
  { code: '511521', name: '宜宾县', successor: '511504' },
  { code: '511721', name: '达县', successor: '511703' },
]
