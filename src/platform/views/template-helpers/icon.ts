import type { Assets } from '../assets.ts'

/** A decorative icon from the sprite; the word beside it carries the meaning. */
export function iconSvg(assets: Assets, name: string, className = ''): string {
  const classes = className === '' ? 'jjn-icon' : `jjn-icon ${className}`
  return `<svg class="${classes}" aria-hidden="true" focusable="false"><use href="${assets.icon(name)}"></use></svg>`
}
