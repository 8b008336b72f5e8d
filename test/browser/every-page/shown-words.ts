import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { projectRoot } from '../../../src/platform/project-root.ts'

/** Everything a person sees, hears read out or gets as a tip: text, names, placeholders, the title. */
export async function shownWords(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const found = [document.title]
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, data } = walker.currentNode
      if (!parentElement.closest('script, style, template, noscript') && data.trim()) found.push(data.trim())
    }
    for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'data-label'])
      for (const element of document.querySelectorAll('[' + name + ']')) found.push(element.getAttribute(name))
    return found
  })()`)
}

const catalogues = readdirSync(join(projectRoot(), 'views', 'words', 'en')).map((file) => file.replace('.json', ''))
const RAW_KEY = new RegExp(String.raw`\b(${catalogues.join('|')}):[a-z][\w-]*`)
const RAW_VALUE = /\{\{|\}\}|\bundefined\b|\bNaN\b|\[object |Invalid Date|\bnull\b|<\/?(span|strong|a|p|time)\b/

/** Words that are no words: a key of a catalogue, an unfilled placeholder, a value nobody wrote out. */
export function rawWords(words: readonly string[]): readonly string[] {
  return words.filter((text) => RAW_KEY.test(text) || RAW_VALUE.test(text)).map((text) => `raw: ${text}`)
}

/** An amount in capitals stands on vouchers in any language. */
const CAPITALS = /^[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+$/

/** The product's name, the switch to Chinese, and the example of a place's name. */
const IN_BOTH = ['救急难', '中文', '常乐镇']

/** Chinese on an English page that is no data: every run of characters must be found in what people wrote or are called. */
export function untranslated(words: readonly string[], data: string): readonly string[] {
  const runs = new Set(words.flatMap((text) => text.match(/[㐀-鿿]+/g) ?? []))
  return [...runs]
    .filter((run) => !data.includes(run) && !IN_BOTH.includes(run) && !CAPITALS.test(run))
    .map((run) => `not in English: ${run}`)
}
