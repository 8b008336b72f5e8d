import Handlebars from 'handlebars'
import type { HelperDelegate, HelperOptions } from 'handlebars'
import type { Assets } from '../assets.ts'
import { qrSvg } from '../qr.ts'
import type { TimeFormat, TimeValue } from '../time.ts'
import type { Words } from '../words.ts'
import { fieldAttributes } from './field-attributes.ts'
import { iconSvg } from './icon.ts'
import { logic } from './logic.ts'
import { contextOf } from './template-context.ts'
import { dueTag, timeTag } from './time-tags.ts'
import { urgencyTag } from './urgency-tag.ts'

const { SafeString, escapeExpression } = Handlebars

/** Everything a template can call. Each is explained by example in `views/README.md`. */
export function templateHelpers(words: Words, assets: Assets): Record<string, HelperDelegate> {
  return {
    ...logic,
    'field-attributes': fieldAttributes,
    t: (...args: unknown[]) => translate(args),
    say: (message: Message, options: HelperOptions) => contextOf(options).present.t(message.key, message.params),
    'due-exact': (at: TimeValue, options: HelperOptions) => contextOf(options).present.due(at).exact,
    machine: (at: TimeValue, options: HelperOptions) => contextOf(options).present.machineTime(at),
    'spoken-number': (no: string) => spokenGroups(no),
    'problem-kind': (status: number) => problemKind(status),
    asset: (name: string) => assets.href(name),
    icon: (name: string) => new SafeString(iconSvg(assets, name)),
    money: (amountFen: number, options: HelperOptions) => new SafeString(moneyTag(amountFen, options)),
    capital: (amountFen: number, options: HelperOptions) => contextOf(options).present.capital(amountFen),
    time: (at: TimeValue, options: HelperOptions) =>
      new SafeString(timeTag(contextOf(options).present, at, options.hash['format'] as TimeFormat | undefined)),
    due: (at: TimeValue, options: HelperOptions) =>
      new SafeString(dueTag(assets, contextOf(options).present, at, options.hash['soonMinutes'] as number | undefined)),
    urgency: (level: string, options: HelperOptions) =>
      new SafeString(urgencyTag(assets, contextOf(options).present, level)),
    qr: (text: string, options: HelperOptions) => new SafeString(qrSvg(text, String(options.hash['label']))),
    wordsForScript: (options: HelperOptions) => {
      const { lng } = contextOf(options).view
      const own = words.subtree(lng, 'common:browser') as object
      return new SafeString(scriptJson({ ...own, due: words.subtree(lng, 'common:due') }))
    },
  }
}

/** Words named by the page's code rather than by the template, e.g. a flash. */
interface Message {
  readonly key: string
  readonly params?: Readonly<Record<string, unknown>>
}

/** `{{t "common:flash" tone no=caseNo}}`: the arguments joined by dots are the key. */
function translate(args: unknown[]): string {
  const options = args.at(-1) as HelperOptions
  const key = args.slice(0, -1).map(String).join('.')
  return contextOf(options).present.t(key, options.hash as Record<string, unknown>)
}

function moneyTag(amountFen: number, options: HelperOptions): string {
  const less = amountFen < 0 ? ' jjn-money--less' : ''
  return `<span class="jjn-money${less}">${escapeExpression(contextOf(options).present.money(amountFen))}</span>`
}

/** JSON that may stand inside a script element. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

/** `246702461803` → `2467 0246 1803`: groups a caller can write down. */
function spokenGroups(no: string): string {
  return no.replace(/(.{4})(?=.)/g, '$1 ')
}

/** Which words explain an error page: those of its own status, else those of its class. */
function problemKind(status: number): string {
  const known: Readonly<Record<number, string>> = {
    403: 'forbidden',
    404: 'notFound',
    409: 'changed',
    412: 'changed',
    429: 'busy',
  }
  return known[status] ?? (status >= 500 ? 'broken' : 'refused')
}
