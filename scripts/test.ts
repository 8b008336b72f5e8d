import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../src/platform/project-root.ts'
import { buildAssets } from './build-assets.ts'
import { prepareChromium, startLocalServices } from './local-services/index.ts'
import { compile } from './run/compile.ts'
import { fail } from './run/fail.ts'
import { say } from './run/say.ts'
import { readEnvironment } from './run/services-environment.ts'

const HELP = `npm test [-- FILE…] — brings up the services it needs, runs the checks and every test, and ends with "N passed, N failed".

Files given: only their tests, without the checks.`

interface Counts {
  passed: number
  failed: number
}

/** Runs the checks and the tests of the given files, or all. */
async function test(files: readonly string[]): Promise<Counts> {
  const given = readEnvironment()
  // What can be said without running it is looked at while packages of the services are fetched.
  const checking = files.length > 0 ? Promise.resolve({ passed: 0, failed: 0 }) : runChecks()
  const dataDir = join(projectRoot(), given['DATA_DIR'] ?? 'var')
  const services = await startLocalServices({
    dataDir: join(dataDir, 'test'),
    prefixDir: join(dataDir, 'services', 'prefix'),
    scratch: true,
    mongoUri: given['MONGODB_URI'],
    redisUrl: given['REDIS_URL'],
    mirror: given['DEBIAN_MIRROR'],
    log: say,
  })
  try {
    const browser = await prepareChromium({ dataDir, mirror: given['DEBIAN_MIRROR'], log: say })
    await buildAssets()
    if (files.length === 0) await compile()
    const env = {
      ...given,
      ...browser,
      MONGODB_URI: services.mongoUri,
      REDIS_URL: services.redisUrl,
      DATA_DIR: dataDir,
      ...(files.length === 0 ? { COMMANDS: 'compiled' } : {}),
    }
    const checks = await checking
    const tests = await runMocha(files, env)
    return { passed: checks.passed + tests.passed, failed: checks.failed + tests.failed }
  } finally {
    await services.stop()
  }
}

async function runChecks(): Promise<Counts> {
  const args = ['--import', 'tsx', 'scripts/check.ts']
  const check = spawn(process.execPath, args, { cwd: projectRoot(), stdio: 'inherit' })
  const [status] = (await once(check, 'close')) as [number | null]
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * Two processes side by side, each on a database and a Redis prefix of its own: what drives browsers and whole programs mostly waits, and the rest
 * mostly computes. What a process said is printed when it ends.
 */
async function runMocha(files: readonly string[], env: NodeJS.ProcessEnv): Promise<Counts> {
  if (files.length > 0) return runShard(files, env)
  const all = testFiles()
  const driven = all.filter((file) => DRIVEN.test(file))
  const shards = [driven, all.filter((file) => !DRIVEN.test(file))]
  const counts = await Promise.all(shards.map((shard) => runShard(shard, env)))
  return counts.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }))
}

/** Tests that drive browsers, whole programs or services of their own. */
const DRIVEN = /^test\/(browser|journeys|scripts)\//

async function runShard(files: readonly string[], env: NodeJS.ProcessEnv): Promise<Counts> {
  const args = ['node_modules/mocha/bin/mocha.js', '--reporter', 'dot', ...files]
  const mocha = spawn(process.execPath, args, { cwd: projectRoot(), env, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  mocha.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [status] = (await once(mocha, 'close')) as [number | null]
  process.stdout.write(said)
  const count = (word: string): number => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(said)?.[1] ?? 0)
  const failed = count('failing')
  return { passed: count('passing'), failed: status !== 0 && failed === 0 ? 1 : failed }
}

function testFiles(): string[] {
  const all = readdirSync(join(projectRoot(), 'test'), { recursive: true, encoding: 'utf8' })
  return all
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('test', file))
    .sort()
}

const args = process.argv.slice(2)
if (args.includes('--help')) console.log(HELP)
else
  await test(args).then(({ passed, failed }) => {
    console.log(`${passed} passed, ${failed} failed`)
    process.exitCode = failed === 0 && passed > 0 ? 0 : 1
  }, fail)
