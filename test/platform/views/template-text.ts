import Handlebars from 'handlebars'

/** Stands for a value in the markup while its fixed text is looked at. */
const VALUE = '\uFFFC'

/** Attributes and partial parameters a person sees or hears. */
const SPOKEN = new Set([
  'text',
  'label',
  'hint',
  'title',
  'caption',
  'alt',
  'placeholder',
  'note',
  'linkText',
  'backText',
])

const SPOKEN_ATTRIBUTE = /\b(?:title|alt|placeholder|aria-label|aria-description|label)="([^"]*)"/g

/** Words that stand fixed in a template where a person would see or hear them. */
export function visibleTextOf(source: string): string[] {
  const markup: string[] = []
  const found: string[] = []
  visit(Handlebars.parse(source), {
    content: (text) => markup.push(text),
    value: () => markup.push(VALUE),
    pair: ({ key, value }) => {
      if (SPOKEN.has(key) && value.type === 'StringLiteral') found.push((value as hbs.AST.StringLiteral).value)
    },
  })
  const page = markup.join('').replace(/<!--.*?-->/gs, '')
  for (const [, text = ''] of page.matchAll(SPOKEN_ATTRIBUTE)) found.push(text)
  found.push(...page.replace(/<[^>]*>/g, '\n').split(/[\n\uFFFC]+/))
  return found.map((text) => text.replace(/&\w+;/g, '').trim()).filter((text) => /\p{L}/u.test(text))
}

/** Keys a template asks the catalogues for; not whole when further parts come from values. */
export function wordKeysOf(source: string): { key: string; isWhole: boolean }[] {
  const keys: { key: string; isWhole: boolean }[] = []
  visit(Handlebars.parse(source), {
    content: () => undefined,
    value: (call) => {
      const [first, ...rest] = call.params
      const name = 'path' in call ? (call.path as hbs.AST.PathExpression).original : ''
      if (name !== 't' || first?.type !== 'StringLiteral') return
      keys.push({ key: (first as hbs.AST.StringLiteral).value, isWhole: rest.length === 0 })
    },
    pair: () => undefined,
  })
  return keys
}

type Call = hbs.AST.MustacheStatement | hbs.AST.SubExpression | hbs.AST.BlockStatement | hbs.AST.PartialStatement

interface Visitor {
  content(text: string): unknown
  value(call: Call): unknown
  pair(pair: hbs.AST.HashPair): unknown
}

function visit(program: hbs.AST.Program, visitor: Visitor): void {
  for (const statement of program.body) {
    if (statement.type === 'ContentStatement') visitor.content((statement as unknown as { value: string }).value)
    else visitCall(statement as unknown as Call & { program?: hbs.AST.Program; inverse?: hbs.AST.Program }, visitor)
  }
}

function visitCall(call: Call & { program?: hbs.AST.Program; inverse?: hbs.AST.Program }, visitor: Visitor): void {
  // Comments carry no parameters.
  if (!('params' in call)) return
  const isPartial = call.type.startsWith('Partial')
  if (!call.program && !isPartial) visitor.value(call)
  const pairs = (call.hash as hbs.AST.Hash | undefined)?.pairs ?? []
  for (const pair of pairs) visitor.pair(pair)
  for (const part of [...call.params, ...pairs.map(({ value }) => value)]) {
    if (part.type === 'SubExpression') visitCall(part as hbs.AST.SubExpression, visitor)
  }
  if (call.program) visit(call.program, visitor)
  if (call.inverse) visit(call.inverse, visitor)
}
