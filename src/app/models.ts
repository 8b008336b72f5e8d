import type { Connection } from 'mongoose'
import { aidModels } from '../aid/index.ts'
import { caseModel } from '../cases/index.ts'
import { conferenceModels } from '../conference/index.ts'
import { deadlineModel } from '../deadlines/index.ts'
import { directoryModels } from '../directory/index.ts'
import { divisionModels } from '../directory/divisions/index.ts'
import { hotlineModels } from '../hotline/index.ts'
import { intakeModel } from '../intake/index.ts'
import { journalModels } from '../journal/index.ts'
import { bankModels, cashCountModel, ledgerModels, proofModels } from '../ledger/index.ts'
import { noticeModel } from '../notifications/index.ts'
import { peopleModels } from '../people/index.ts'
import { policyModels } from '../policy/index.ts'

/** Registers every collection of the product on a connection, so that `migrate` makes them with their indexes. */
export function registerModels(connection: Connection): void {
  for (const register of [
    journalModels,
    directoryModels,
    divisionModels,
    policyModels,
    deadlineModel,
    peopleModels,
    caseModel,
    intakeModel,
    ledgerModels,
    proofModels,
    bankModels,
    cashCountModel,
    aidModels,
    hotlineModels,
    conferenceModels,
    noticeModel,
  ])
    register(connection)
}
