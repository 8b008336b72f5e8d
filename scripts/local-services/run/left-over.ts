import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long each signal is given before the next, stronger one. Milliseconds. */
const PATIENCE_MS = 10_000

/**
 * Ends processes of an earlier start that outlived it, so that this start can take over their data.
 *
 * Only processes whose command line names the folder of these services are touched; the lock is ours already, so nobody
 * rightful is among them.
 *
 * @param marks - texts of which each left-over process carries one in its command line
 */
export async function endLeftOvers(marks: readonly string[], log: (line: string) => void): Promise<void> {
  const left = await findProcesses(marks)
  if (left.length === 0) return
  log(`上次遗留的进程，正在结束 / Ending what an earlier start left running: ${left.join(', ')}`)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    for (const pid of await findProcesses(marks)) kill(pid, signal)
    const until = Date.now() + PATIENCE_MS
    while (Date.now() < until) {
      if ((await findProcesses(marks)).length === 0) return
      await sleep(50)
    }
  }
}

async function findProcesses(marks: readonly string[]): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(pids.map(async (pid) => ((await belongs(pid, marks)) ? [pid] : [])))
  return found.flat().filter((pid) => pid !== process.pid)
}

async function belongs(pid: number, marks: readonly string[]): Promise<boolean> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return line.split('\0').some((argument) => marks.includes(argument))
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended in the meantime.
  }
}
