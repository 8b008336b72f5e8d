import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { keepRunning } from '../../../scripts/run/keep-running.ts'
import { projectRoot } from '../../../src/platform/project-root.ts'
import { eventually } from '../../support/database.ts'

describe('Scripts - keep running', () => {
  let folder: string
  let program: string
  const log: string[] = []

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jiujinan-keep-'))
    program = join(folder, 'program.mts')
    const endWithParent = pathToFileURL(join(projectRoot(), 'src/platform/end-with-parent.ts')).href
    await writeFile(
      program,
      `import { endWithParent } from '${endWithParent}'
       import { appendFileSync } from 'node:fs'
       endWithParent()
       appendFileSync('${join(folder, 'pids')}', process.pid + '\\n')
       setInterval(() => undefined, 1000)`,
    )
  })

  beforeEach(() => rm(join(folder, 'pids'), { force: true }))

  after(() => rm(folder, { recursive: true, force: true }))

  const pids = async (): Promise<number[]> => {
    const text = await readFile(join(folder, 'pids'), 'utf8').catch(() => '')
    return text.trim().split('\n').filter(Boolean).map(Number)
  }
  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  const keep = () =>
    keepRunning({
      name: 'program',
      args: ['--import', 'tsx', program],
      env: process.env,
      log: (line) => log.push(line),
    })

  it('starts a process that was killed again and says so', async () => {
    const kept = keep()
    const [first = 0] = await eventually('the first', async () => ((await pids()).length === 1 ? pids() : undefined))
    process.kill(first, 'SIGKILL')
    const [, second = 0] = await eventually('the second', async () =>
      (await pids()).length === 2 ? pids() : undefined,
    )
    expect(log.at(-1)).to.include('program').and.include('SIGKILL')
    await kept.stop()
    expect(isAlive(second)).to.equal(false)
  })

  it('leaves nothing running when the keeper itself is killed', async () => {
    const keeper = join(folder, 'keeper.mts')
    const keepRunningFile = pathToFileURL(join(projectRoot(), 'scripts/run/keep-running.ts')).href
    await writeFile(
      keeper,
      `import { keepRunning } from '${keepRunningFile}'
       keepRunning({ name: 'program', args: ['--import', 'tsx', '${program}'], env: process.env, log: () => undefined })`,
    )
    const started = spawn(process.execPath, ['--import', 'tsx', keeper], { cwd: projectRoot(), stdio: 'inherit' })
    const [pid = 0] = await eventually('the program', async () => ((await pids()).length === 1 ? pids() : undefined))
    started.kill('SIGKILL')
    await once(started, 'exit')
    await eventually('the program to end', () => Promise.resolve(!isAlive(pid)))
  })
})
