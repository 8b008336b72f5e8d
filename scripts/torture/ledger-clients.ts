import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from '../../src/ledger/command.ts'
import type { Reply } from './ledger-messages.ts'
import type { BookingProcess } from './ledger-process.ts'
import type { Sent } from './ledger-world.ts'
import { answerText } from './ledger-world.ts'

/** Where a command goes: any process that is alive now. */
export type AnyProcess = () => Promise<BookingProcess> | BookingProcess

/** Sends commands until there is an answer, and remembers all of it. */
export interface Sender {
  /** Every command ever sent, in the order of sending. */
  readonly sent: readonly Sent[]
  /** Answers that were learned only by sending the same key again. */
  learnedLater: number
  /**
   * Sends a command under a fresh key until it is answered.
   *
   * @param options - `at` what the clock of the process shall show; `times` how often it is sent at once
   * @throws Error when two answers to one key differ, or none comes within a minute
   */
  send(actor: string, command: Command, options?: { at?: string; times?: number }): Promise<Reply>
}

/** Longest wait for the answer to one command. Milliseconds. */
const PATIENCE_MS = 60_000

/** Makes a sender for the processes of a county. */
export function createSender(county: string, anyProcess: AnyProcess): Sender {
  const sent: Sent[] = []
  const sender: Sender = {
    sent,
    learnedLater: 0,
    async send(actor, command, { at, times = 1 } = {}) {
      const key = randomUUID()
      const asked: Sent = { actor, key, command, startedAt: performance.now(), answeredAt: undefined, reply: undefined }
      sent.push(asked)
      const request = { county, actor, key, command, ...(at === undefined ? {} : { at }) }
      for (let tries = 1; performance.now() - asked.startedAt < PATIENCE_MS; tries += 1) {
        const asking = Array.from({ length: times }, async () => (await anyProcess()).ask(request))
        const reply = onlyAnswer(await Promise.all(asking))
        if (!reply) {
          await sleep(randomInt(5, 30))
          continue
        }
        asked.reply = reply
        asked.answeredAt = performance.now()
        if (tries > 1) sender.learnedLater += 1
        return reply
      }
      throw new Error(`No answer to ${command.do} within ${PATIENCE_MS / 1_000} s`)
    },
  }
  return sender
}

/** The one answer several attempts got; nothing when none got any. @throws Error when two of them differ */
function onlyAnswer(replies: readonly (Reply | undefined)[]): Reply | undefined {
  const answers = replies.filter((reply) => reply !== undefined && reply.outcome !== 'failed')
  const [first] = answers
  const other = answers.find((one) => first && one && answerText(one) !== answerText(first))
  if (first && other) throw new Error(`Two answers to one key: ${answerText(first)} and ${answerText(other)}`)
  return first
}

/** Sends every key once more: each must be answered as the first time. @throws Error naming the key that is not */
export async function checkReplays(county: string, process: BookingProcess, sent: readonly Sent[]): Promise<void> {
  for (const { actor, key, command, reply } of sent) {
    const again = await process.ask({ county, actor, key, command })
    if (!again || !reply || answerText(again) !== answerText(reply))
      throw new Error(
        `Key ${key} was answered ${reply ? answerText(reply) : 'never'}, now ${again ? answerText(again) : 'never'}`,
      )
  }
}
