import { z } from 'zod'

const MAX_PAGE = 1_000

/** Page of a list as asked for. */
export const pageQuery = z.object({
  PageSize: z.coerce.number().int().min(1).catch(50),
  Page: z.coerce.number().int().min(0).catch(0),
})

/**
 * One page of a list, as Twilio's REST gives it.
 *
 * @param path - the list's address with its query
 */
export function restPage<T>(name: string, path: string, all: readonly T[], shape: (item: T) => object): object {
  const url = new URL(path, 'http://exchange')
  const { PageSize, Page } = pageQuery.parse(Object.fromEntries(url.searchParams))
  const size = Math.min(PageSize, MAX_PAGE)
  const items = all.slice(Page * size, (Page + 1) * size)
  const at = (page: number) => {
    url.searchParams.set('PageSize', String(size))
    url.searchParams.set('Page', String(page))
    return url.pathname + url.search
  }
  return {
    [name]: items.map(shape),
    start: Page * size,
    end: Page * size + Math.max(items.length - 1, 0),
    page: Page,
    page_size: size,
    uri: at(Page),
    first_page_uri: at(0),
    next_page_uri: (Page + 1) * size < all.length ? at(Page + 1) : null,
    previous_page_uri: Page > 0 ? at(Page - 1) : null,
  }
}
