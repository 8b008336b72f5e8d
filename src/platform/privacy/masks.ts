import { maskedPhone } from '../../shared/phone.ts'

/** Where a masked value stands: in a list of many, or on the desk of somebody who works on the case. */
export type MaskView = 'list' | 'desk'

/** What the mask has to know about the person. */
export interface MaskSubject {
  /** Under 18: everything is hidden. */
  readonly isMinor: boolean
}

/** A value of which nothing may be seen, not even its length. */
export const HIDDEN = '＊＊＊'

const STAR = '＊'

/** Surnames of two characters, which stay whole before the star. */
const DOUBLE_SURNAMES: ReadonlySet<string> = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 夏侯 诸葛 尉迟 皇甫 公孙 慕容 司徒 司空 令狐 宇文 长孙 轩辕 鲜于 闾丘 ' +
    '百里 呼延 东郭 南门 西门 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 万俟 赫连 闻人 拓跋 纳兰 ' +
    '歐陽 東方 司馬 諸葛 尉遲 公孫 長孫'
  ).split(' '),
)

/** 张＊, 欧阳＊; under 18 nothing. Source: rules, "mask rules". */
export function maskName(name: string, subject: MaskSubject): string {
  const signs = Array.from(name.trim())
  const double = signs.slice(0, 2).join('')
  if (subject.isMinor || signs.length === 0) return HIDDEN
  return (signs.length > 2 && DOUBLE_SURNAMES.has(double) ? double : (signs[0] ?? '')) + STAR
}

/** On a desk the first 6 and the last 2 places, short enough for a phone; in lists nothing, under 18 nothing. Source: rules, "mask rules". */
export function maskIdentity(number: string, view: MaskView, subject: MaskSubject): string {
  if (view === 'list' || subject.isMinor) return HIDDEN
  const isResident = number.length === 18
  return isResident ? number.slice(0, 6) + STAR.repeat(4) + number.slice(-2) : HIDDEN
}

/** 138＊＊＊＊8000; under 18 nothing. Source: rules, "mask rules". */
export function maskPhone(number: string, subject: MaskSubject): string {
  return subject.isMinor ? HIDDEN : maskedPhone(number)
}

/** The last four digits on a desk, by which a cashier compares; in lists nothing, under 18 nothing. */
export function maskBankAccount(account: string, view: MaskView, subject: MaskSubject): string {
  const digits = account.replace(/\s/g, '')
  if (view === 'list' || subject.isMinor || digits.length < 10) return HIDDEN
  return `${STAR.repeat(4)} ${digits.slice(-4)}`
}
