import { choice, count, minuteList, rate } from './parameter.ts'

/** Calls, texts and the public page. */
export const HOTLINE_PARAMETERS = {
  'hotline.answer_s': count('s', { default: 15, source: 'N29' }),
  'hotline.connect_rate': rate({ default: 0.95, source: 'N29' }),
  'hotline.text_s': count('s', { default: 180, source: 'N29' }),
  'hotline.mailbox_h': count('h', { default: 24, source: 'N29' }),
  'hotline.mode': choice(['24x7', 'OFFICE_HOURS'], { default: '24x7', source: 'N28' }),
  'hotline.ring_s': count('s', { default: 15, source: 'N29' }),
  'callback.try_min': minuteList({ default: [5, 15, 60], source: 'CHOSEN' }),
  'public.per_phone_day': count('times', { default: 5, source: 'CHOSEN' }),
  'upload.max_mb': count('mb', { default: 10, source: 'CHOSEN' }),
} as const
