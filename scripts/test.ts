import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../src/platform/project-root.ts'
import { buildAssets } from './build-assets.ts'
import { prepareChromium, startLocalServices } from './local-services/index.ts'
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
    const env = {
      ...given,
      ...browser,
      MONGODB_URI: services.mongoUri,
      REDIS_URL: services.redisUrl,
      DATA_DIR: dataDir,
    }
    const checks = files.length > 0 ? { passed: 0, failed: 0 } : runChecks()
    const tests = runMocha(files, env)
    return { passed: checks.passed + tests.passed, failed: checks.failed + tests.failed }
  } finally {
    await services.stop()
  }
}

function runChecks(): Counts {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/check.ts'], {
    cwd: projectRoot(),
    stdio: 'inherit',
  })
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

function runMocha(files: readonly string[], env: NodeJS.ProcessEnv): Counts {
  const spec = files.length > 0 ? files : testFiles()
  const args = ['node_modules/mocha/bin/mocha.js', '--reporter', 'dot', ...spec]
  const { stdout, status } = spawnSync(process.execPath, args, {
    cwd: projectRoot(),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  process.stdout.write(stdout)
  const count = (word: string): number => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(stdout)?.[1] ?? 0)
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
