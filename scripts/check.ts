import { spawnSync } from 'node:child_process'
import { projectRoot } from '../src/platform/project-root.ts'

/** Everything that can be said about the code without running it. */
const CHECKS: readonly (readonly [string, readonly string[]])[] = [
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['types', ['tsc', '--noEmit', '-p', 'tsconfig.json']],
  ['browser types', ['tsc', '--noEmit', '-p', 'src/browser/tsconfig.json']],
  ['lint', ['eslint', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--max-warnings', '0', '.']],
  ['imports', ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'workers']],
  ['unused code', ['knip']],
]

/** Runs all checks and says which did not hold. */
function check(): boolean {
  const failed = CHECKS.filter(([name, command]) => {
    const startedAt = Date.now()
    const { status } = spawnSync('npx', ['--no-install', ...command], { cwd: projectRoot(), stdio: 'inherit' })
    console.log(`${status === 0 ? '✔' : '✘'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)
    return status !== 0
  })
  return failed.length === 0
}

process.exitCode = check() ? 0 : 1
