import type { Presenter } from '../platform/views/index.ts'
import type { Place } from './queue.ts'

/** 第 2 位，共 5 件 */
export function placeText({ place, of }: Place, { t }: Presenter): string {
  return t('conference:queue.place', { place, of })
}
