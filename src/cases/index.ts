export type { CaseAnswer, OnCase } from './act-on-case.ts'
export { actOnCase, answerOf, requirePermission, requireVersion } from './act-on-case.ts'
export type {
  AidSummary,
  AnsweredTransfer,
  CaseRecord,
  Obligation,
  ObligationKind,
  Responsibility,
  TransferOffer,
  Urgency,
} from './case.ts'
export { caseStream, URGENCIES } from './case.ts'
export { announceCase } from './case-events.ts'
export { caseModel } from './case-model.ts'
export { CASE_PERMISSIONS, conferenceUnit, ownCounty, ownUnit } from './case-permissions.ts'
export type { CaseStage } from './case-stage.ts'
export type { CaseState } from './case-state.ts'
export type { CaseListQuery, CasePage, CaseStore } from './case-store.ts'
export { createCaseStore } from './case-store.ts'
export type { CaseChange } from './change-case.ts'
export { isOpen, withChange } from './change-case.ts'
export { closeCase } from './close-case.ts'
export type { AfterEmergencyEnded } from './end-emergency.ts'
export { endEmergency } from './end-emergency.ts'
export { giveFeedback } from './give-feedback.ts'
export { withObligation, withoutObligation } from './obligations.ts'
export type { NewCase } from './open-case.ts'
export { insertCase, newCase } from './open-case.ts'
export { verifyCase } from './verify-case.ts'
export type { CaseSection, NextStep, StepAction } from './case-section.ts'
export { casesApi, casesPages } from './case-routes.ts'
export { momentField } from './case-forms.ts'
export type { NameServices } from './names.ts'
export { namesOf } from './names.ts'
export { openTexts } from './open-texts.ts'
export { SEALED_CASES } from './sealed-cases.ts'
