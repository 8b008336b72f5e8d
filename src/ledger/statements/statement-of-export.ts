import type { Presenter } from '../../platform/views/index.ts'
import { readFundId } from '../fund.ts'
import { entriesOfExport, readProof } from '../verify/export-files.ts'
import { proveStatement } from './proven-statement.ts'
import { buildStatement } from './statement.ts'
import { statementCsv } from './statement-table.ts'

/**
 * The CSV of a sealed month out of an export alone: the same bytes the product gave.
 *
 * @param which - `township-320614103:2026-11`
 * @throws Error in one line when the export has no such month
 */
export async function statementOfExport(folder: string, which: string, present: Presenter): Promise<string> {
  const [fundId = '', period = ''] = which.split(':')
  const kind = readFundId(fundId)?.kind
  const entries = await entriesOfExport(folder, fundId)
  const name = entries[0]?.opening?.name
  if (kind === undefined || name === undefined)
    throw new Error(`导出里没有 ${which} · there is no ${which} in the export`)
  const before = entries.findLast((entry) => entry.period < period)
  const ofMonth = entries.filter((entry) => entry.period === period)
  const statement = buildStatement({ fundId, kind, name }, period, before?.after.bal ?? {}, ofMonth)
  const { seals, checkpoints, leaves = [] } = await readProof(folder)
  const seal = seals.find((found) => found.fundId === fundId && found.period === period)
  if (!seal) throw new Error(`${which} 尚未封存 · ${which} is not sealed yet`)
  const leaf = leaves.find((found) => found.fundId === fundId && found.seq === seal.bySeq)
  const over = checkpoints
    .filter(({ county, size }) => leaf?.county === county && size > leaf.index)
    .sort((a, b) => a.size - b.size)[0]
  return statementCsv(proveStatement(statement, 'sealed', seal, over), present)
}
