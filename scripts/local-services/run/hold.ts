import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { Socket } from 'node:net'
import { dirname } from 'node:path'

/** A lock on a file, held by the system on our behalf: it ends with this process, however this process ends. */
export interface Hold {
  release(): Promise<void>
}

/** A holder that was killed a moment ago may still be letting go. */
const GRACE_SECONDS = '1'

/**
 * Takes a lock.
 *
 * `flock` keeps it and copies its input until there is none: when we are gone, so is the lock, and no stale one is left.
 *
 * @param options - `wait`: called when somebody else has the lock, which is then waited for
 * @returns the lock; undefined when somebody else has it and `wait` is not given
 */
export async function createHold(file: string, options: { wait: () => void }): Promise<Hold>
export async function createHold(file: string, options?: { wait?: () => void }): Promise<Hold | undefined>
export async function createHold(file: string, options: { wait?: () => void } = {}): Promise<Hold | undefined> {
  await mkdir(dirname(file), { recursive: true })
  const hold = await flock(file, ['--timeout', GRACE_SECONDS])
  if (hold || !options.wait) return hold
  options.wait()
  return flock(file, [])
}

async function flock(file: string, flags: readonly string[]): Promise<Hold | undefined> {
  const child = spawn('flock', [...flags, file, 'cat'], { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
  child.stdin.on('error', () => undefined)
  const gone = once(child, 'close')
  child.stdin.write('held\n')
  const answered = await Promise.race([once(child.stdout, 'data').then(() => true), gone.then(() => false)])
  if (!answered) return undefined
  // Holding a lock is no reason for this process to stay.
  child.unref()
  for (const pipe of [child.stdin, child.stdout]) if (pipe instanceof Socket) pipe.unref()
  return {
    async release() {
      child.ref()
      child.stdin.end()
      await gone
    },
  }
}
