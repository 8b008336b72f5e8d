import { choices, count } from './parameter.ts'

const URGENCIES = ['P0', 'P1', 'P2', 'P3'] as const

/** From the registered request to a responsible officer who took it. */
export const DISPATCH_PARAMETERS = {
  'dispatch.ack_P0_min': count('min', { default: 15, source: 'TIANJIN_HOTLINE' }),
  'dispatch.ack_P1_min': count('min', { default: 30, source: 'TIANJIN_HOTLINE' }),
  'dispatch.ack_P2_h': count('h', { default: 4, source: 'CHOSEN' }),
  'dispatch.ack_P3_wd': count('wd', { default: 1, source: 'TIANJIN_HOTLINE' }),
  'dispatch.step_P0_min': count('min', { default: 5, source: 'CHOSEN' }),
  'dispatch.step_P1_min': count('min', { default: 10, source: 'CHOSEN' }),
  'dispatch.step_P2_min': count('min', { default: 60, source: 'CHOSEN' }),
  'dispatch.step_P3_min': count('min', { default: 240, source: 'CHOSEN' }),
  /** An officer who has not seen a case after so long is called by voice; 0 is at once. Sources: M021 for P0, S01 for 60 s. */
  'dispatch.call_out_P0_s': count('s', { default: 0, source: 'CHOSEN' }),
  'dispatch.call_out_s': count('s', { default: 60, source: 'CHOSEN' }),
  'transfer.return_wd': count('wd', { default: 2, source: 'SHANDONG_HOTLINE' }),
  'transfer.live_only': choices(URGENCIES, { default: ['P0', 'P1'], source: 'CHOSEN' }),
  'transfer.county_rule_min': count('min', { default: 15, source: 'CHOSEN' }),
  'handle.reply_wd': count('wd', { default: 5, source: 'SHANDONG_HOTLINE' }),
  'handle.extension_wd': count('wd', { default: 10, source: 'SHANDONG_HOTLINE' }),
  'duplicate.window_h': count('h', { default: 72, source: 'CHOSEN' }),
} as const
