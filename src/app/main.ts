import { endWithParent } from '../platform/end-with-parent.ts'
import { ConfigError } from './config.ts'
import { startWeb } from './web.ts'

/** Entry of the web process. */
endWithParent()
startWeb(process.env, { handleSignals: true }).catch((error: unknown) => {
  if (error instanceof ConfigError) error.problems.forEach((line) => console.error(line))
  else console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
