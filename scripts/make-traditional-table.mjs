import { writeFileSync } from 'node:fs'
import { Converter } from 'opencc-js'

/**
 * Writes `src/shared/traditional-table.ts`: which simplified character stands for which traditional one.
 *
 * One character to one character is enough for names of places and persons, and a table of 25 KB costs a running process less
 * memory than the conversion library. Run after an update of opencc-js: `node scripts/make-traditional-table.mjs`.
 */
const toSimplified = Converter({ from: 't', to: 'cn' })
const traditional = []
const simplified = []

for (let unit = 0x3400; unit <= 0x9fff; unit++) {
  const character = String.fromCharCode(unit)
  const converted = toSimplified(character)
  if (converted === character || converted.length !== 1) continue
  traditional.push(character)
  simplified.push(converted)
}

const wrapped = (characters) => (characters.join('').match(/.{1,100}/gu) ?? []).map((line) => `  '${line}',`).join('\n')

writeFileSync(
  new globalThis.URL('../src/shared/traditional-table.ts', import.meta.url),
  `// Made by scripts/make-traditional-table.mjs from the tables of opencc-js (Apache-2.0); not edited by hand.

/** Traditional characters. */
export const TRADITIONAL = [
${wrapped(traditional)}
].join('')

/** The simplified character for each of \`TRADITIONAL\`, in the same order. */
export const SIMPLIFIED = [
${wrapped(simplified)}
].join('')
`,
)
process.stdout.write(`${traditional.length} characters\n`)
