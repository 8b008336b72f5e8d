import { chown } from 'node:fs/promises'
import { runCommand } from '../setup/run-command.ts'
import { Refusal } from '../refusal.ts'

/** How PostgreSQL, which refuses root, is started. */
export interface Unprivileged {
  wrap(command: readonly string[]): readonly [string, ...string[]]
  /** Makes a folder belong to whom the program will be. */
  give(folder: string): Promise<void>
}

const PLAIN: Unprivileged = {
  wrap: ([command = '', ...args]) => [command, ...args],
  give: () => Promise.resolve(),
}

/** In a user namespace without mapping the program sees itself as nobody, while its files stay ours. */
const NAMESPACE: Unprivileged = {
  wrap: (command) => ['unshare', '--user', ...command],
  give: () => Promise.resolve(),
}

/** Debian's user `nobody`. Source: base-passwd. */
const NOBODY = 65_534

const AS_NOBODY: Unprivileged = {
  wrap: (command) => ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...command],
  give: (folder) => chown(folder, NOBODY, NOBODY),
}

/**
 * The way that works on this machine.
 *
 * @param folder - where the data will lie; as `nobody` its parents must be open to others
 * @throws Refusal `root.closed`
 */
export async function findUnprivileged(folder: string, uid = process.getuid?.()): Promise<Unprivileged> {
  if (uid !== 0) return PLAIN
  if (await works(NAMESPACE, ['true'])) return NAMESPACE
  if (await works(AS_NOBODY, ['test', '-x', folder])) return AS_NOBODY
  throw new Refusal(
    'root.closed',
    `PostgreSQL 不能以 root 运行，且 ${folder} 对其他用户关闭：请以普通用户启动，或把 DATA_DIR 设到开放的目录`,
    `PostgreSQL does not run as root and ${folder} is closed to others: start as an ordinary user, or set DATA_DIR`,
  )
}

function works(way: Unprivileged, command: readonly string[]): Promise<boolean> {
  const [program, ...args] = way.wrap(command)
  return runCommand(program, args).then(
    () => true,
    () => false,
  )
}
