import { createDeferred } from './deferred.ts'

/** Why a call no longer does what it did: it is over, it was given other instructions, or it need not wait any longer. */
export class Interrupted extends Error {
  readonly why: 'ended' | 'redirected' | 'enough'

  constructor(why: 'ended' | 'redirected' | 'enough') {
    super(why)
    this.name = 'Interrupted'
    this.why = why
  }
}

/** The reasons, made once: calls end often, and nobody reads where. */
export const interrupted = {
  ended: new Interrupted('ended'),
  redirected: new Interrupted('redirected'),
  enough: new Interrupted('enough'),
} as const

/**
 * The promise's outcome, unless the signal comes first.
 *
 * @throws Interrupted (the signal's reason)
 */
export async function unlessInterrupted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let stop: () => void = () => undefined
  const interrupted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(signal.reason as Interrupted)
    }
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, interrupted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/**
 * The promise's outcome, or undefined when the time is over.
 *
 * @param ms - milliseconds
 * @param skips - while waiting, holds a function that ends the time at once
 * @throws Interrupted
 */
export async function within<T>(
  promise: Promise<T>,
  ms: number,
  signal: AbortSignal,
  skips?: Set<() => void>,
): Promise<T | undefined> {
  const over = createDeferred<undefined>()
  const skip = () => {
    over.resolve(undefined)
  }
  const timer = setTimeout(skip, ms)
  skips?.add(skip)
  try {
    return await unlessInterrupted(Promise.race([promise, over.promise]), signal)
  } finally {
    clearTimeout(timer)
    skips?.delete(skip)
  }
}

/**
 * Waits.
 *
 * @param ms - milliseconds
 * @param skips - while waiting, holds a function that ends the wait at once
 * @throws Interrupted
 */
export async function wait(ms: number, signal: AbortSignal, skips?: Set<() => void>): Promise<void> {
  await within(new Promise<never>(() => undefined), ms, signal, skips)
}
