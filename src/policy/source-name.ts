import type { Presenter } from '../platform/views/index.ts'
import { SOURCES } from './source.ts'

/** A source as a page names it: a document by its own title, and in the reader's language that there is none. */
export function sourceName(
  { id, title }: { readonly id: string; readonly title?: string | undefined },
  { t }: Pick<Presenter, 't'>,
): string {
  return id === SOURCES.CHOSEN.id ? t('policy:chosen') : (title ?? '')
}
