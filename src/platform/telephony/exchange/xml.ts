/** An element of a document: attributes in order, children as elements or text. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (XmlElement | string)[]
}

/** The document is not well-formed; `at` is the offset of the first character that is wrong. */
export class XmlError extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(`${message} at character ${at}`)
    this.name = 'XmlError'
    this.at = at
  }
}

interface OpenElement {
  readonly name: string
  readonly attributes: Map<string, string>
  readonly children: (XmlElement | string)[]
}

const MAX_DEPTH = 20
const NAME = /[A-Za-z_][\w.:-]*/y
const SPACE = /\s*/y
const TEXT = /[^<]+/y
const ATTRIBUTE_VALUE = /"([^"<]*)"|'([^'<]*)'/y
const SKIPPED: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
]
const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }))

/**
 * Reads a well-formed XML document strictly: what a telephone exchange would refuse is refused here.
 *
 * No document type, no external entities, at most 20 levels deep.
 *
 * @throws XmlError
 */
export function parseXml(text: string): XmlElement {
  const open: OpenElement[] = [{ name: '', attributes: new Map(), children: [] }]
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    const parent = open[open.length - 1]
    if (parent === undefined) throw new XmlError('Unexpected end tag', at)
    if (!text.startsWith('<', at)) at = readText(text, at, parent, open.length === 1)
    else if (text.startsWith('<![CDATA[', at)) at = readCdata(text, at, parent, open.length === 1)
    else if (text.startsWith('</', at)) at = readEndTag(text, at, open)
    else at = skipped(text, at) ?? readStartTag(text, at, open)
  }
  if (open.length !== 1) throw new XmlError(`<${open[open.length - 1]?.name ?? ''}> is not closed`, text.length)
  const [root, ...more] = open[0]?.children.filter((child) => typeof child !== 'string') ?? []
  if (root === undefined || more.length > 0) throw new XmlError('Not exactly one root element', text.length)
  return root
}

function readText(text: string, at: number, parent: OpenElement, outside: boolean): number {
  const raw = match(TEXT, text, at)?.[0] ?? ''
  if (outside && raw.trim() !== '') throw new XmlError('Text outside the root element', at)
  if (!outside) parent.children.push(decode(raw, at))
  return at + raw.length
}

function readCdata(text: string, at: number, parent: OpenElement, outside: boolean): number {
  const end = text.indexOf(']]>', at)
  if (end < 0 || outside) throw new XmlError('CDATA that does not end or stands outside', at)
  parent.children.push(text.slice(at + '<![CDATA['.length, end))
  return end + ']]>'.length
}

/** Comments and processing instructions. */
function skipped(text: string, at: number): number | undefined {
  const kind = SKIPPED.find(([start]) => text.startsWith(start, at))
  if (kind === undefined) return undefined
  const end = text.indexOf(kind[1], at + kind[0].length)
  if (end < 0) throw new XmlError(`${kind[0]} without ${kind[1]}`, at)
  return end + kind[1].length
}

function readStartTag(text: string, at: number, open: OpenElement[]): number {
  const name = match(NAME, text, at + 1)?.[0]
  if (name === undefined) throw new XmlError('Not a tag', at)
  if (open.length > MAX_DEPTH) throw new XmlError('Nested too deeply', at)
  const [attributes, afterAttributes] = readAttributes(text, at + 1 + name.length)
  const element: OpenElement = { name, attributes, children: [] }
  open[open.length - 1]?.children.push(element)
  if (text.startsWith('/>', afterAttributes)) return afterAttributes + 2
  if (!text.startsWith('>', afterAttributes)) throw new XmlError(`<${name}> is not a proper tag`, afterAttributes)
  open.push(element)
  return afterAttributes + 1
}

function readAttributes(text: string, from: number): [attributes: Map<string, string>, after: number] {
  const attributes = new Map<string, string>()
  for (let at = from; ;) {
    const space = match(SPACE, text, at)?.[0].length ?? 0
    const name = match(NAME, text, at + space)?.[0]
    if (name === undefined) return [attributes, at + space]
    if (space === 0) throw new XmlError('Attributes without a space between', at)
    const equals = at + space + name.length
    const value = text.startsWith('=', equals) ? match(ATTRIBUTE_VALUE, text, equals + 1) : undefined
    if (value === undefined || attributes.has(name)) throw new XmlError(`Attribute ${name} is not proper`, at)
    attributes.set(name, decode(value[1] ?? value[2] ?? '', equals))
    at = equals + 1 + value[0].length
  }
}

function readEndTag(text: string, at: number, open: OpenElement[]): number {
  const name = match(NAME, text, at + 2)?.[0] ?? ''
  const end = at + 2 + name.length + (match(SPACE, text, at + 2 + name.length)?.[0].length ?? 0)
  if (open.length < 2 || open[open.length - 1]?.name !== name || !text.startsWith('>', end)) {
    throw new XmlError(`</${name}> closes nothing`, at)
  }
  open.pop()
  return end + 1
}

function decode(raw: string, at: number): string {
  return raw.replace(/&([^;\s]{0,12});?/g, (whole, entity: string) => {
    const character = whole.endsWith(';') ? (ENTITIES.get(entity) ?? numbered(entity)) : undefined
    if (character === undefined) throw new XmlError(`${whole} is no entity`, at)
    return character
  })
}

function numbered(entity: string): string | undefined {
  const digits = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(entity)
  if (digits === null) return undefined
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}
