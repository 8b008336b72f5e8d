import { ConfigError } from '../../src/app/config.ts'

/** Ends the process with what a person can act on: one line per problem; the stack only for a mistake of ours. */
export function fail(error: unknown): never {
  if (error instanceof ConfigError) error.problems.forEach((line) => console.error(line))
  else if (isPlain(error)) console.error(error.message)
  else console.error(error)
  process.exit(1)
}

/** Errors whose message was written for the person at the machine. */
function isPlain(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const isWrongOption = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  return isWrongOption || error.name === 'Refusal' || error.name === 'DomainError' || error.name === 'Error'
}
