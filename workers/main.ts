import { startWorker } from '../src/app/worker.ts'

await startWorker(process.env, { handleSignals: true })
