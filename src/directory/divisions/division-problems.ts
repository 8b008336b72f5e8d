/** What can be wrong with a row of an import, in both languages. `{}` stands for the value. */
export const DIVISION_PROBLEMS = {
  columns: ['缺少列：{}', 'missing columns: {}'],
  unknown_column: ['未知的列：{}', 'unknown columns: {}'],
  not_csv: ['不是有效的 CSV：{}', 'not valid CSV: {}'],
  empty_file: ['文件中没有数据行', 'the file has no rows'],
  code: ['区划代码应为 2、4、6、9 或 12 位数字：{}', 'a division code has 2, 4, 6, 9 or 12 digits: {}'],
  code_twice: ['区划代码重复：{}', 'the code stands in the file twice: {}'],
  name_missing: ['缺少名称', 'the name is missing'],
  name_odd: ['名称过长或含有非法字符：{}', 'the name is too long or has characters no name has: {}'],
  valid_from: ['起始日期不是有效日期（应为 2020-07-17 的形式）：{}', 'validFrom is no date like 2020-07-17: {}'],
  valid_to: ['终止日期不是有效日期（应为 2020-07-17 的形式）：{}', 'validTo is no date like 2020-07-17: {}'],
  period: ['终止日期应晚于起始日期：{}', 'validTo must be after validFrom: {}'],
  parent: ['上级区划既不在文件中也不在系统中：{}', 'the division above is neither in the file nor in the database: {}'],
  successor: ['承接代码无效：{}', 'the successor is no division code: {}'],
  successor_itself: ['承接代码不能是自身：{}', 'a division cannot succeed itself: {}'],
  successor_unknown: [
    '承接区划既不在文件中也不在系统中：{}',
    'the successor is neither in the file nor in the database: {}',
  ],
  successor_level: ['承接区划的级别应相同：{}', 'the successor must be of the same level: {}'],
  successor_without_end: ['写了承接代码就要写终止日期：{}', 'a division with a successor needs a validTo: {}'],
  successor_circle: ['承接关系绕成了圈：{}', 'the successors form a circle: {}'],
  responsible: [
    '责任单位应为本县的乡镇街道或县级代码：{}',
    'the responsible unit must be a township of the county or the county: {}',
  ],
  responsible_not_pseudo: [
    '只有 4xx、5xx 结尾的统计单位才写责任单位：{}',
    'only a pseudo-unit (suffix 4xx or 5xx) has a responsible unit: {}',
  ],
  responsible_unknown: [
    '责任单位既不在文件中也不在系统中：{}',
    'the responsible unit is neither in the file nor in the database: {}',
  ],
} as const

export type ProblemCode = keyof typeof DIVISION_PROBLEMS

/** Something wrong in a line of the file. */
export interface DivisionProblem {
  /** Line of the file, from 1; the header is line 1. */
  readonly line: number
  readonly code: ProblemCode
  readonly value: string
}

/** `第 3 行 …  · line 3: …` */
export function problemText({ line, code, value }: DivisionProblem): string {
  const [zh, en] = DIVISION_PROBLEMS[code].map((words) => words.replace('{}', value))
  return `第 ${line} 行：${zh ?? ''} · line ${line}: ${en ?? ''}`
}
