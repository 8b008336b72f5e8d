import { EventEmitter, once } from 'node:events'

/** Lets somebody wait until a call, a phone or a number has changed. */
export interface Changes {
  /** Says that something about the topic is new. */
  touch(topic: string): void
  /** Rises with every change of the topic; 0 before the first. */
  version(topic: string): number
  /** Waits until the topic's version is beyond `after`, or the time is over. Milliseconds. */
  beyond(topic: string, after: number, waitMs: number): Promise<void>
  forget(topic: string): void
}

/** A board of changes, kept in memory. */
export function createChanges(): Changes {
  const versions = new Map<string, number>()
  const emitter = new EventEmitter({ captureRejections: false }).setMaxListeners(0)
  let last = 0

  return {
    touch(topic) {
      versions.set(topic, ++last)
      emitter.emit(`topic ${topic}`)
    },
    version: (topic) => versions.get(topic) ?? 0,
    async beyond(topic, after, waitMs) {
      if ((versions.get(topic) ?? 0) > after || waitMs <= 0) return
      await once(emitter, `topic ${topic}`, { signal: AbortSignal.timeout(waitMs) }).catch(() => undefined)
    },
    forget: (topic) => versions.delete(topic),
  }
}
