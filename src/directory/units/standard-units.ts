/**
 * Departments that a county's case conference usually has: the word in the unit's id, the office, and what people call it.
 * Civil affairs is the county's own unit. Source: acceptance scenarios, "Shared fixture".
 */
export const STANDARD_DEPARTMENTS: readonly (readonly [word: string, office: string, short: string])[] = [
  ['finance', '财政局', '财政'],
  ['housing', '住房和城乡建设局', '住建'],
  ['medical_insurance', '医疗保障局', '医保'],
  ['education', '教育局', '教育'],
  ['human_resources', '人力资源和社会保障局', '人社'],
  ['disabled_federation', '残疾人联合会', '残联'],
  ['emergency_management', '应急管理局', '应急管理'],
  ['health', '卫生健康委员会', '卫健'],
]

/** Bodies outside the offices to which cases are passed on: the word in the unit's id and the name. */
export const STANDARD_BODIES: readonly (readonly [word: string, name: string])[] = [
  ['rescue_station', '救助管理站'],
  ['child_protection', '未成年人救助保护中心'],
  ['charity', '慈善总会'],
  ['provider', '社会工作服务中心'],
  ['provincial', '省级督导组'],
]
