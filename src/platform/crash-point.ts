/** Where a process may be told to die, in the order in which a posting passes them. */
export const CRASH_POINTS = [
  'afterHeadCas',
  'afterEntry',
  'beforeCommit',
  'afterCommitBeforeReply',
  'afterOutboxRead',
  'afterOutboxSend',
] as const

export type CrashPoint = (typeof CRASH_POINTS)[number]

/**
 * What the environment asks for: at the named point, on the given pass through it (`LEDGER_CRASH_AT=afterEntry:3`, the first when left
 * out), the process dies as by a power cut.
 *
 * For fault tests only: in production, and for a name that is no point, nothing ever happens.
 *
 * @param die - ends the process at once
 */
export function crashPointOf(env: NodeJS.ProcessEnv, die: () => void): (point: CrashPoint) => void {
  const [name, pass = '1'] = (env['LEDGER_CRASH_AT'] ?? '').split(':')
  if (env['NODE_ENV'] === 'production' || !CRASH_POINTS.some((point) => point === name)) return () => undefined
  let left = Number(pass)
  return (point) => {
    if (point !== name) return
    left -= 1
    if (left === 0) die()
  }
}

/** Passed by the code that fault tests kill. */
export const passCrashPoint = crashPointOf(process.env, () => void process.kill(process.pid, 'SIGKILL'))
