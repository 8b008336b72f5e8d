import { choice, count } from './parameter.ts'

/** Conference, rescue station, emergency mode, privacy and retention. */
export const ORDER_PARAMETERS = {
  'conference.convene_P0P1_h': count('h', { default: 24, source: 'CHOSEN' }),
  'conference.convene_other_wd': count('wd', { default: 3, source: 'CHOSEN' }),
  'conference.quorum': choice(['CHAIR_CIVIL_FINANCE_TASKED'], {
    default: 'CHAIR_CIVIL_FINANCE_TASKED',
    source: 'CHOSEN',
  }),
  'station.stay_days': count('cd', { default: 10, source: 'N31' }),
  'emergency_mode.max_days': count('cd', { default: 7, source: 'CHOSEN' }),
  'privacy.hide_all_under_years': count('years', { default: 18, source: 'N34' }),
  'privacy.guardian_consent_under_years': count('years', { default: 14, source: 'N34', lock: 'AT_LEAST' }),
  'retention.case_years': count('years', { default: 10, source: 'CHOSEN' }),
  'retention.journal_years': count('years', { default: 30, source: 'CHOSEN' }),
  'retention.recording_days': count('cd', { default: 180, source: 'CHOSEN' }),
} as const
