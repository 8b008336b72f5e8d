import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'

/** A process that is kept running. */
export interface KeptProcess {
  /** Asks it to end and waits; kills it when it does not. */
  stop(): Promise<void>
}

export interface KeptProcessOptions {
  readonly name: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly log: (line: string) => void
}

/** Longest time to end by itself. Milliseconds. */
const STOP_MS = 10_000

/** Waits between restarts. Milliseconds. The last value goes on. */
const BACKOFF_MS = [500, 1_000, 2_000, 5_000, 10_000]

/** A process that ran this long was healthy; its next restart is quick again. Milliseconds. */
const HEALTHY_MS = 60_000

/**
 * Runs a Node process and starts it again, with growing pauses, when it dies.
 *
 * It leads a group of its own, so that Ctrl-C reaches us alone and everything ends in its order; a channel tells it when we are gone.
 */
export function keepRunning({ name, args, env, log }: KeptProcessOptions): KeptProcess {
  let child: ChildProcess | undefined
  let isStopping = false
  let deaths = 0
  let timer: NodeJS.Timeout | undefined

  const start = (): void => {
    const startedAt = Date.now()
    child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true })
    child.once('exit', (code, signal) => {
      if (isStopping) return
      deaths = Date.now() - startedAt > HEALTHY_MS ? 0 : deaths
      const pause = BACKOFF_MS[Math.min(deaths, BACKOFF_MS.length - 1)] ?? 10_000
      deaths += 1
      log(`${name} 已退出，${pause / 1000} 秒后重启 · ended (${signal ?? code}), restarting in ${pause / 1000} s`)
      timer = setTimeout(start, pause)
    })
  }
  start()

  return {
    async stop() {
      isStopping = true
      clearTimeout(timer)
      const running = child
      if (!running || running.exitCode !== null || running.signalCode !== null) return
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGTERM')
      const killer = setTimeout(() => running.kill('SIGKILL'), STOP_MS)
      await ended
      clearTimeout(killer)
    },
  }
}
