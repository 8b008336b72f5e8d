import { createRequire } from 'node:module'
import type Nzh from 'nzh'

// nzh is CommonJS without an export map; its type names the class, its value is the module object.
const nzh = createRequire(import.meta.url)('nzh') as typeof Nzh

/**
 * An amount in Chinese capitals as vouchers want it: 叁佰伍拾元整.
 *
 * @param amountFen - whole fen
 */
export function capitalMoney(amountFen: number): string {
  const whole = String(Math.trunc(Math.abs(amountFen) / 100))
  const rest = Math.abs(amountFen) % 100
  const yuan = rest === 0 ? whole : `${whole}.${String(rest).padStart(2, '0')}`
  return (amountFen < 0 ? '负' : '') + nzh.cn.toMoney(yuan, { outSymbol: false })
}
