/** What XML 1.0 cannot carry: control signs and the two non-characters. Source: XML 1.0, production 2. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** A sentence as a document can carry it: without control signs and broken halves of characters. */
export function toSpeakable(sentence: string): string {
  return sentence.toWellFormed().replace(FORBIDDEN, '')
}
