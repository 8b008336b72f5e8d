import { hash, verify } from '@node-rs/argon2'
import { randomInt } from 'node:crypto'
import { plainPassword } from './password-rules.ts'

/** argon2id, 19 MiB, two passes, one lane. Source: OWASP Password Storage Cheat Sheet. `algorithm: 2` is argon2id. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Most hashes at one time: a flood of sign-ins must not take the memory and the threads of everybody else. */
const MAX_AT_ONCE = 2

/** Signs of a one-time password: none that is mistaken for another when read out or written down. */
const CLEAR_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Hashes a password for storing. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(plainPassword(password), PARAMETERS))
}

/**
 * Whether a password is the stored one.
 *
 * Without a stored hash (no such account) the same work is done, so that the time of the answer tells nothing.
 */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  const against = stored ?? (await nobodysHash())
  const isRight = await inTurn(() => verify(against, plainPassword(password)))
  return isRight && stored !== undefined
}

/** A password to be read out once and changed at the first sign-in: four groups of four signs, 79 bits. */
export function newOneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => CLEAR_SIGNS.charAt(randomInt(CLEAR_SIGNS.length))).join('')
  return [group(), group(), group(), group()].join('-')
}

let nobody: Promise<string> | undefined

function nobodysHash(): Promise<string> {
  nobody ??= hashPassword(newOneTimePassword())
  return nobody
}

let running = 0
const waiting: (() => void)[] = []

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  while (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}
