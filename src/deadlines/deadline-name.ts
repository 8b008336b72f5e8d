/** Clocks that have words of their own: `deadlines:names.<name with _ for .>`. A step (`dispatch.step.2`) uses the words of its clock. */
export const DEADLINE_NAMES = [
  'dispatch.ack',
  'dispatch.step',
  'dispatch.triage',
  'notice.seen',
  'transfer.return',
  'transfer.county_rule',
  'handle.reply',
  'callback.try',
  'advance.decide',
  'quick.total',
  'advance.auto_end',
  'advance.supplement',
  'supplement.supervise',
  'village.countersign',
  'payment.hold',
  'rectification.due',
  'expend.township',
  'expend.county',
  'expend.publicity',
  'conference.convene',
  'conference.review',
  'commitment.due',
  'referral.accept',
  'referral.feedback',
  'station.stay',
] as const

/** Key of the words for a clock's name; clocks without words of their own are called just that. */
export function wordsOfName(name: string): string {
  const known = DEADLINE_NAMES.find((candidate) => name === candidate || name.startsWith(`${candidate}.`))
  return `deadlines:names.${known?.replaceAll('.', '_') ?? 'other'}`
}
