/** What the person at the far end does: says something or presses a key. */
export type Input = { readonly kind: 'speech'; readonly text: string } | { readonly kind: 'key'; readonly key: string }

/** Whoever takes what the person says and presses: a menu, a message being recorded, a conversation. */
export interface Listener {
  wants(kind: Input['kind']): boolean
  take(input: Input): void
}

/** What the person will say and press when asked, in order. */
export interface Plan {
  readonly say: string[]
  readonly press: string[]
}

/**
 * The ears of the exchange on one leg. What comes while nobody listens waits for the next listener that wants it.
 */
export interface Ears {
  offer(input: Input): void
  attach(listener: Listener): void
  detach(listener: Listener): void
  /** The prompts are over: now the person does what was planned; `tell` hears of it first. */
  prompted(tell: (input: Input) => void): void
}

/** Most that waits for a listener; older things are forgotten. */
const MAX_WAITING = 50

/** Ears for a person with a plan. */
export function createEars(plan: Plan): Ears {
  let listener: Listener | undefined
  let waiting: Input[] = []

  function deliver(): void {
    const left: Input[] = []
    for (const input of waiting.splice(0)) {
      if (listener?.wants(input.kind) === true) listener.take(input)
      else left.push(input)
    }
    waiting = [...left, ...waiting].slice(-MAX_WAITING)
  }

  return {
    offer(input) {
      waiting.push(input)
      deliver()
    },
    attach(newListener) {
      listener = newListener
      deliver()
    },
    detach(oldListener) {
      if (listener === oldListener) listener = undefined
    },
    prompted(tell) {
      deliver()
      const asked = listener
      if (asked === undefined) return
      const act = (input: Input) => {
        tell(input)
        asked.take(input)
      }
      while (listener === asked && asked.wants('key') && plan.press.length > 0) {
        act({ kind: 'key', key: plan.press.shift() ?? '' })
      }
      while (listener === asked && asked.wants('speech') && plan.say.length > 0) {
        act({ kind: 'speech', text: plan.say.shift() ?? '' })
      }
    },
  }
}
