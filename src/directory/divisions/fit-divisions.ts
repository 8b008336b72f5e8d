import { isPseudoUnit, levelOfDivision, parentDivision } from '../../shared/division-code.ts'
import type { Division } from './division.ts'
import type { DivisionRow } from './division-csv.ts'
import type { DivisionProblem, ProblemCode } from './division-problems.ts'

/**
 * What is wrong with rows as parts of one tree: the file together with what is there already.
 *
 * @param known - the division a code means after the import; undefined when nobody has it
 */
export function fitProblems(
  rows: readonly DivisionRow[],
  known: (code: string) => Division | undefined,
): DivisionProblem[] {
  return rows.flatMap(({ line, division }) =>
    [
      ...treeProblems(division, known),
      ...successorProblems(division, known),
      ...responsibleProblems(division, known),
    ].map(([code, value]) => ({ line, code, value })),
  )
}

type Known = (code: string) => Division | undefined
type Found = [ProblemCode, string][]

/** Townships and villages need what is above them; a county may stand alone, since old ones outlive their prefectures. */
function treeProblems({ _id }: Division, known: Known): Found {
  const above = parentDivision(_id)
  return _id.length > 6 && above !== null && !known(above) ? [['parent', above]] : []
}

function successorProblems(division: Division, known: Known): Found {
  const problems = division.successors.flatMap((code): Found => {
    if (code === division._id) return [['successor_itself', code]]
    if (!known(code)) return [['successor_unknown', code]]
    return levelOfDivision(code) === division.level ? [] : [['successor_level', code]]
  })
  return problems.length > 0 || !goesInCircle(division, known) ? problems : [['successor_circle', division._id]]
}

function goesInCircle(division: Division, known: Known): boolean {
  const waiting = [...division.successors]
  const seen = new Set<string>()
  for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
    if (code === division._id) return true
    if (seen.has(code)) continue
    seen.add(code)
    waiting.push(...(known(code)?.successors ?? []))
  }
  return false
}

function responsibleProblems({ _id, county, responsibleUnit }: Division, known: Known): Found {
  if (responsibleUnit === null) return []
  if (!isPseudoUnit(_id)) return [['responsible_not_pseudo', _id]]
  if (!responsibleUnit.startsWith(county) || isPseudoUnit(responsibleUnit)) return [['responsible', responsibleUnit]]
  return known(responsibleUnit) ? [] : [['responsible_unknown', responsibleUnit]]
}
