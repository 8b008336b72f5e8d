import { startWorker } from '../src/app/worker.ts'
import { endWithParent } from '../src/platform/end-with-parent.ts'

endWithParent()
await startWorker(process.env, { handleSignals: true })
