import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A service's process. */
export interface Child {
  /** Id of the program itself; 0 while it is not known. */
  pid(): number
  /** Settles with a word on how it ended. */
  readonly ended: Promise<string>
  /** Asks it to stop and waits; after the grace period it is killed. */
  stop(graceMs?: number): Promise<void>
}

export interface ChildOptions {
  readonly command: readonly [string, ...string[]]
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** File that takes what the service says. */
  readonly logFile: string
  /** File that takes the program's process id. */
  readonly pidFile: string
  /** Signal that stops it in an orderly way. */
  readonly stopSignal: 'INT' | 'TERM'
}

/**
 * Runs a program and stops it when standard input ends, which happens when we close it and when we die.
 *
 * The program is not ours and cannot watch for that itself.
 */
const KEEPER = `
signal=$1; pidfile=$2; shift 2
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
echo "$program" > "$pidfile"
{ read -r _ <&3; kill -s "$signal" "$program"; } 2>/dev/null &
watcher=$!
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`

/** Longest an orderly stop may take. Milliseconds. */
const GRACE_MS = 20_000

/** A log larger than this is set aside at the next start. Bytes. */
const LOG_BYTES = 10_000_000

/**
 * Starts a service in a process group of its own: a Ctrl-C at the terminal reaches us alone, and we stop the services in order.
 */
export function startChild({ command, env, cwd, logFile, pidFile, stopSignal }: ChildOptions): Child {
  const log = openLog(logFile)
  rmSync(pidFile, { force: true })
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'keeper', stopSignal, pidFile, ...command], {
    detached: true,
    stdio: ['pipe', log, log],
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  })
  closeSync(log)
  keeper.stdin?.on('error', () => undefined)
  const ended = new Promise<string>((resolve) => {
    keeper.on('error', (error) => resolve(error.message))
    keeper.on('exit', (code, signal) => resolve(signal ?? `exit ${String(code)}`))
  })
  return {
    pid: () => readPid(pidFile),
    ended,
    async stop(graceMs = GRACE_MS) {
      keeper.stdin?.end()
      const inTime = await Promise.race([ended.then(() => true), sleep(graceMs, false, { ref: false })])
      if (inTime || keeper.pid === undefined) return
      process.kill(-keeper.pid, 'SIGKILL')
      await ended
    },
  }
}

function readPid(file: string): number {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return Number(text.trim())
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_BYTES) renameSync(file, `${file}.1`)
  return openSync(file, 'a')
}
