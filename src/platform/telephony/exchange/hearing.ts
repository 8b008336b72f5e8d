import type { Input } from './ears.ts'
import type { Leg, TranscriptLine } from './leg.ts'
import type { Switchboard } from './switchboard.ts'

/** Lines kept of one leg. */
const MAX_LINES = 1_000

/** Lets the person at the far end hear something. */
export function hear(x: Switchboard, leg: Leg, text: string, from = 'exchange', language?: string): void {
  write(x, leg, { kind: 'heard', text, from, ...(language === undefined ? {} : { language }) })
  if (leg.mirror !== undefined) speak(x, leg.mirror, { kind: 'speech', text })
}

/** Puts down what happened to the call: it rings somewhere, somebody answers, it is over. */
export function note(x: Switchboard, leg: Leg, text: string): void {
  write(x, leg, { kind: 'noted', text })
}

/** The person at the far end says something or presses a key. */
export function speak(x: Switchboard, leg: Leg, input: Input): void {
  putDown(x, leg, input)
  leg.ears.offer(input)
}

/** Puts down what the person did. */
export function putDown(x: Switchboard, leg: Leg, input: Input): void {
  if (input.kind === 'speech') write(x, leg, { kind: 'said', text: input.text })
  else write(x, leg, { kind: 'pressed', text: input.key })
}

function write(x: Switchboard, leg: Leg, line: Omit<TranscriptLine, 'no' | 'at'>): void {
  if (leg.transcript.length >= MAX_LINES) leg.transcript.shift()
  const no = (leg.transcript.at(-1)?.no ?? 0) + 1
  leg.transcript.push({ no, at: x.clock.now(), ...line })
  x.changes.touch(leg.facts.sid)
}
