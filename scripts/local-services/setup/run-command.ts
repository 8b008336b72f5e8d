import { spawn } from 'node:child_process'

/** A command that ended with an error, with the last of what it said. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  /** What it wrote to standard error. */
  readonly said: string

  constructor(command: string, code: number | null, said: string) {
    super(`${command} ended with ${String(code)}: ${said.trim().split('\n').slice(-3).join(' ')}`)
    this.said = said
  }
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** A set-up that is killed must not leave a download or an unpacking behind that works against the next one. */
const DIE_WITH_US = ['--pdeathsig', 'KILL', '--']

/**
 * Runs a command to its end.
 *
 * @returns what it wrote to standard output
 * @throws CommandFailed when it ends with anything but 0
 */
export function runCommand(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C', ...options.env }
    const child = spawn('setpriv', [...DIE_WITH_US, command, ...args], {
      ...options,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new CommandFailed(command, code, said || out))))
  })
}
