import { startLooks } from './looks.ts'

startLooks()
