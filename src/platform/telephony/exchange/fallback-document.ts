import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { hangUp, say, twiml } from '../twiml.ts'
import { readTwiml } from './twiml-document.ts'

/** What a caller hears when nothing of ours answers. The exchange's call log shows whom to call back. */
export const FALLBACK_TWIML = twiml(
  say(
    'zh',
    '您好，救助热线系统暂时无法接听。您的来电已经记录，我们会尽快给您回电。如有生命危险，请立即拨打110、119或120。',
  ),
  say(
    'en',
    'The hotline cannot answer right now. Your call is noted and we will call you back. If life is in danger, call 110, 119 or 120.',
  ),
  hangUp(),
)

/**
 * The county's own fallback document; written with our sentence when there is none yet, so that it can be changed.
 *
 * @throws TwimlError when the file is no proper document
 */
export function loadFallback(file: string | undefined): string {
  if (file === undefined) return FALLBACK_TWIML
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, FALLBACK_TWIML)
  }
  const document = readFileSync(file, 'utf8')
  readTwiml(document)
  return document
}
