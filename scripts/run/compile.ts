import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { projectRoot } from '../../src/platform/project-root.ts'

/** Compiles the product into `dist`, as `npm start` does; nothing when no source has changed. */
export async function compile(): Promise<void> {
  const args = [join('scripts', 'bootstrap.mjs'), 'build']
  const child = spawn(process.execPath, args, { cwd: projectRoot(), stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error('编译失败 · The product does not compile')
}
