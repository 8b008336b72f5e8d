import { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import { connectMongo, migrate } from '../../src/platform/mongo/index.ts'

/** The real database and Redis of this test run. Every test file works in county codes of its own. */
export interface TestStores {
  readonly connection: Connection
  readonly redis: Redis
}

let stores: Promise<TestStores> | undefined

/**
 * The stores, opened once per mocha process on a database of its own.
 *
 * @param register - registers the models a test needs before collections and indexes are made
 */
export async function testStores(register: (connection: Connection) => unknown = () => undefined): Promise<TestStores> {
  stores ??= openStores(String(process.pid))
  const opened = await stores
  register(opened.connection)
  await migrate(opened.connection)
  return opened
}

let owned = 0

/** Empty stores of their own, for what counts everything there is: a story with its clock, a queue, a board. */
export function ownStores(): Promise<TestStores> {
  owned += 1
  return openStores(`${process.pid}_${owned}`)
}

async function openStores(name: string): Promise<TestStores> {
  const uri = new URL(required('MONGODB_URI'))
  uri.pathname = `/jjn_test_${name}`
  const connection = await connectMongo(uri.href)
  await connection.dropDatabase()
  const redis = new Redis(required('REDIS_URL'), { keyPrefix: `test:${name}:` })
  return { connection, redis }
}

function required(name: 'MONGODB_URI' | 'REDIS_URL'): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run the tests by \`npm test\`, which brings up the services`)
  return value
}

let nextCounty = 900_000 + (process.pid % 1_000) * 90

/** A county code nobody else uses in this run. Codes that end in 00 are prefectures. */
export function freshCounty(): string {
  nextCounty += nextCounty % 100 === 99 ? 2 : 1
  return String(nextCounty)
}

/**
 * Waits until a condition holds.
 *
 * @throws Error naming what was waited for, after `withinMs`
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  withinMs = 5_000,
): Promise<T> {
  const until = performance.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > until) throw new Error(`Waited ${withinMs} ms in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
