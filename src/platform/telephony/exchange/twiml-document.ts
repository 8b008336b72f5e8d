import { createAttributeReader } from './attribute-reader.ts'
import type { AttributeReader } from './attribute-reader.ts'
import type { Dial, DialTarget, Gather, Prompt, TwimlDocument, Verb } from './verb.ts'
import { parseXml, XmlError } from './xml.ts'
import type { XmlElement } from './xml.ts'

/** The document cannot be followed. Codes are Twilio's: 12100 not well-formed, 12102 not a `<Response>`. */
export class TwimlError extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.name = 'TwimlError'
    this.code = code
  }
}

/** Longest a connected `<Dial>` lasts. Seconds. Source: Twilio, Dial, "timeLimit". */
const FOUR_HOURS = 14_400
const ANY_KEY = '1234567890*#'

/**
 * Reads a TwiML document. What the exchange does not know is left out with a warning, as Twilio does.
 *
 * @throws TwimlError
 */
export function readTwiml(text: string): TwimlDocument {
  const root = parsed(text)
  if (root.name !== 'Response') throw new TwimlError(12102, `The document is a <${root.name}>, not a <Response>`)
  const warnings: string[] = []
  const verbs = elements(root, warnings).flatMap((element) => readVerb(element, warnings) ?? [])
  return { verbs, warnings }
}

function parsed(text: string): XmlElement {
  try {
    return parseXml(text)
  } catch (error) {
    if (error instanceof XmlError) throw new TwimlError(12100, error.message)
    throw error
  }
}

function readVerb(element: XmlElement, warnings: string[]): Verb | undefined {
  const read = createAttributeReader(element, warnings)
  const prompt = readPrompt(element, read)
  if (prompt !== undefined) return prompt
  switch (element.name) {
    case 'Gather':
      return readGather(element, read, warnings)
    case 'Dial':
      return readDial(element, read, warnings)
    case 'Enqueue':
      return { verb: 'Enqueue', queue: textOf(element), ...read.address('waitUrl'), ...read.address('action') }
    case 'Record':
      return {
        verb: 'Record',
        ...read.address('action'),
        silenceSeconds: read.count('timeout', 5),
        maxSeconds: read.count('maxLength', 3_600),
        finishOnKey: read.text('finishOnKey') ?? ANY_KEY,
        beep: read.flag('playBeep', true),
        ...read.address('recordingReports', 'recordingStatusCallback'),
      }
    case 'Redirect':
      return { verb: 'Redirect', url: textOf(element), method: read.method('method') }
    case 'Leave':
    case 'Hangup':
      return { verb: element.name }
    case 'Reject':
      return { verb: 'Reject', reason: read.text('reason') === 'busy' ? 'busy' : 'rejected' }
    default:
      warnings.push(`<${element.name}> is not known here`)
      return undefined
  }
}

function readPrompt(element: XmlElement, read: AttributeReader): Prompt | undefined {
  switch (element.name) {
    case 'Say':
      return { verb: 'Say', text: textOf(element), ...read.present('language'), loop: read.count('loop', 1) }
    case 'Play':
      return { verb: 'Play', url: textOf(element), loop: read.count('loop', 1) }
    case 'Pause':
      return { verb: 'Pause', seconds: read.count('length', 1) }
    default:
      return undefined
  }
}

function readGather(element: XmlElement, read: AttributeReader, warnings: string[]): Gather {
  const input = (read.text('input') ?? 'dtmf').split(/[\s,]+/)
  const digits = read.count('numDigits', 0)
  return {
    verb: 'Gather',
    keys: input.includes('dtmf'),
    speech: input.includes('speech'),
    ...read.address('action'),
    timeoutSeconds: read.count('timeout', 5),
    finishOnKey: read.text('finishOnKey') ?? '#',
    ...(digits > 0 ? { digits } : {}),
    evenWhenEmpty: read.flag('actionOnEmptyResult', false),
    prompts: elements(element, warnings).flatMap((child) => {
      const prompt = readPrompt(child, createAttributeReader(child, warnings))
      if (prompt === undefined) warnings.push(`<${child.name}> does not belong in <Gather>`)
      return prompt ?? []
    }),
  }
}

function readDial(element: XmlElement, read: AttributeReader, warnings: string[]): Dial {
  const bare = element.children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim()
  const targets = elements(element, warnings, true).flatMap((child) => readTarget(child, warnings) ?? [])
  return {
    verb: 'Dial',
    targets: bare === '' ? targets : [{ kind: 'number', to: bare }, ...targets],
    ...read.address('action'),
    timeoutSeconds: read.count('timeout', 30),
    timeLimitSeconds: read.count('timeLimit', FOUR_HOURS),
    ...read.present('callerId'),
    answerOnBridge: read.flag('answerOnBridge', false),
    hangupOnStar: read.flag('hangupOnStar', false),
    record: !['do-not-record', undefined, 'false'].includes(read.text('record')),
    ...read.address('recordingReports', 'recordingStatusCallback'),
  }
}

function readTarget(element: XmlElement, warnings: string[]): DialTarget | undefined {
  const kind = element.name.toLowerCase()
  if (kind !== 'number' && kind !== 'client' && kind !== 'queue') {
    warnings.push(`<${element.name}> cannot be dialled here`)
    return undefined
  }
  const read = createAttributeReader(element, warnings)
  const identity = element.children.find((child) => typeof child !== 'string' && child.name === 'Identity')
  const to = typeof identity === 'object' ? textOf(identity) : textOf(element)
  const reports = read.address('reports', 'statusCallback').reports
  const events = (read.text('statusCallbackEvent') ?? 'completed').split(/\s+/)
  return {
    kind,
    to: kind === 'client' ? `client:${to}` : to,
    ...read.address('whisper', 'url'),
    ...(reports === undefined ? {} : { reports: { ...reports, events } }),
  }
}

/** The child elements; text between them is only worth a warning. */
function elements(parent: XmlElement, warnings: string[], textAllowed = false): XmlElement[] {
  const strayText = parent.children.some((child) => typeof child === 'string' && child.trim() !== '')
  if (strayText && !textAllowed) warnings.push(`Text directly in <${parent.name}>`)
  return parent.children.filter((child) => typeof child !== 'string')
}

/** The words of an element and of everything within it (speech marks such as `<break>` carry none). */
function textOf(element: XmlElement): string {
  const words = element.children.map((child) => (typeof child === 'string' ? child : textOf(child)))
  return words.join('').trim()
}
