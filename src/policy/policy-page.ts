import type { Presenter, Row, TableView } from '../platform/views/index.ts'
import type { ParameterKey } from './parameters/index.ts'
import { CHAPTERS, isParameterKey } from './parameters/index.ts'
import type { InForce, Policy } from './policy.ts'
import { NATION } from './scope.ts'
import { sourceName } from './source-name.ts'
import { valueText, wordsOfParameter } from './value-text.ts'

/** What the page of parameters is made of. */
export interface PolicyPageParts {
  readonly policy: Policy
  /** The county and those of its townships that have values of their own, with their names. */
  readonly places: readonly { readonly id: string; readonly name: string }[]
  readonly missing: readonly ParameterKey[]
}

/** The rules in force in a place on a day: value, since when, by which document. */
export function policyPage({ policy, places, missing }: PolicyPageParts, present: Presenter): object {
  const { t } = present
  const nameOf = new Map(places.map(({ id, name }) => [id, name]))
  return {
    title: t('policy:page.title'),
    wide: true,
    place: nameOf.get(policy.scope) ?? policy.scope,
    asOf: policy.at,
    places: places.map(({ id, name }) => ({
      text: name,
      href: `/policies?unit=${id}`,
      isCurrent: id === policy.scope,
    })),
    hasPlaces: places.length > 1,
    missing:
      missing.length > 0 &&
      t('policy:page.missing', {
        list: missing.map((key) => t(`${wordsOfParameter(key)}.name`)).join(t('policy:and')),
      }),
    chapters: Object.entries(CHAPTERS).map(([chapter, parameters]) => ({
      id: chapter,
      title: t(`policy:chapters.${chapter}`),
      table: chapterTable(chapter, keysOf(parameters), policy, nameOf, present),
    })),
  }
}

function keysOf(parameters: object): ParameterKey[] {
  return Object.keys(parameters).filter(isParameterKey)
}

function chapterTable(
  chapter: string,
  keys: readonly ParameterKey[],
  policy: Policy,
  nameOf: ReadonlyMap<string, string>,
  present: Presenter,
): TableView {
  const { t } = present
  return {
    caption: t(`policy:chapters.${chapter}`),
    hideCaption: true,
    columns: ['parameter', 'value', 'since', 'source'].map((column) => ({ text: t(`policy:page.${column}`) })),
    rows: keys.map((key) => row(key, policy.find(key), nameOf, present)),
  }
}

function row(
  key: ParameterKey,
  found: InForce | undefined,
  nameOf: ReadonlyMap<string, string>,
  present: Presenter,
): Row {
  const { t } = present
  const name = { text: t(`${wordsOfParameter(key)}.name`), note: t(`${wordsOfParameter(key)}.note`) }
  if (!found) return { id: key, cells: [name, { tag: { text: t('policy:page.notSet'), tone: 'waiting' } }, none, none] }
  const { value, unit, validFrom, source, lock } = found
  return {
    id: key,
    cells: [
      name,
      { text: valueText(present, key, unit, value), ...(lock ? { note: t(`policy:locks.${lock}`) } : {}) },
      { text: present.time(`${validFrom}T00:00:00+08:00`, 'day'), note: setBy(found, nameOf, present) },
      { text: sourceName(source, present), ...(source.number ? { note: source.number } : {}) },
    ],
  }
}

const none = { text: '' }

/** Who set it: the nation's default, the province, or the place by its name. */
function setBy({ scope }: InForce, nameOf: ReadonlyMap<string, string>, { t }: Presenter): string {
  if (scope === NATION) return t('policy:setBy.nation')
  if (scope.length === 2) return t('policy:setBy.province')
  if (scope.length === 4) return t('policy:setBy.prefecture')
  return t('policy:setBy.place', { place: nameOf.get(scope) ?? scope })
}
