import { choice, count, money, rate } from './parameter.ts'

/** Reserve funds and payments. */
export const MONEY_PARAMETERS = {
  'imprest.float_fen': money({ source: 'CHOSEN', isRequired: true }),
  'imprest.low_water': rate({ default: 0.3, source: 'CHOSEN' }),
  'imprest.settle': choice(['MONTHLY', 'ON_DEMAND'], { default: 'MONTHLY', source: 'YUNNAN_2023' }),
  'pay.nonworking_day': choice(['PREVIOUS_WORKING_DAY', 'NEXT_WORKING_DAY'], {
    default: 'PREVIOUS_WORKING_DAY',
    source: 'CHOSEN',
  }),
  'payment.hold_days': count('cd', { default: 7, source: 'CHOSEN' }),
  'payment.late_hours': count('h', { default: 24, source: 'SHANDONG_2019' }),
  'imprest.idle_days': count('cd', { default: 90, source: 'CHOSEN' }),
  'bank.match_days': count('cd', { default: 5, source: 'CHOSEN' }),
  'period.close_day': count('cd', { default: 5, source: 'CHOSEN' }),
  'period.explain_after_days': count('cd', { default: 5, source: 'CHOSEN' }),
} as const
