/**
 * A start that cannot go on, for a reason the person at the machine can remove.
 *
 * The message is one line, in Chinese and English; whoever catches it prints it and exits with 1.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** `mirror.unreachable`, `mirror.unknown`, `disk.full`, `port.taken`, … */
  readonly code: string

  constructor(code: string, zh: string, en: string) {
    super(`${zh} / ${en}`)
    this.code = code
  }
}
