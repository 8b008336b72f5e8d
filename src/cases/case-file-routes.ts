import type { Deadlines } from '../deadlines/index.ts'
import type { JournalReader } from '../journal/index.ts'
import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { filterFor } from '../shared/permissions.ts'
import type { CaseRecord } from './case.ts'
import { caseStream } from './case.ts'
import { listSchema } from './case-forms.ts'
import { caseListPage } from './case-list-page.ts'
import { casePage } from './case-page.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import type { CaseSection } from './case-section.ts'
import type { CaseStore } from './case-store.ts'
import { caseView } from './case-view.ts'
import type { NameServices } from './names.ts'
import { namesOf } from './names.ts'
import { personLine } from './person-line.ts'
import { readableCase } from './read-case.ts'

type PersonServices = Parameters<typeof personLine>[0]

export interface CaseFileServices extends NameServices, PersonServices {
  readonly cases: CaseStore
  readonly deadlines: Deadlines
  readonly journal: JournalReader
  /** Somebody has a case before their eyes. */
  readonly caseOpened: (found: CaseRecord, actor: Actor) => Promise<void>
}

/** Cases as lists and files. */
export function caseFileApi(services: CaseFileServices, api: ApiRouter): void {
  const read = mayAct(CASE_PERMISSIONS, 'case.read')

  api.get(
    '/cases',
    { summary: 'Cases this account may see', guard: read, audit: 'case.list', query: listSchema },
    async ({ actor, query }) => {
      const visible = filterFor(CASE_PERMISSIONS, actor, 'case.read')
      const where = { ...(query.unit ? { unit: query.unit } : {}), ...(query.state ? { state: query.state } : {}) }
      const list = query.order === 'due' ? services.cases.listOpen : services.cases.listNewest
      const { cases, next } = await list(actor.county, {
        visible,
        where,
        limit: query.limit,
        ...(query.after ? { after: query.after } : {}),
      })
      return { items: cases.map((found) => caseView(services.vault, found, [])), next: next ?? null }
    },
  )
  api.get('/cases/:no', { summary: 'One case', guard: read, audit: 'case.read' }, async ({ actor, params }) => {
    const found = await readableCase(services, actor, params['no'])
    await services.caseOpened(found, actor)
    return caseView(services.vault, found, await services.deadlines.allFor(actor.county, caseStream(found.no)))
  })
}

/** The desk and the case file, with the sections of the domains above. */
export function caseFilePages(services: CaseFileServices, pages: PageRouter, sections: readonly CaseSection[]): void {
  const read = mayAct(CASE_PERMISSIONS, 'case.read')

  pages.get('/cases', { guard: read, audit: 'case.list' }, async ({ actor, query, res }) => {
    const visible = filterFor(CASE_PERMISSIONS, actor, 'case.read')
    const after = query['after']
    const page = await services.cases.listOpen(actor.county, { visible, limit: 20, ...(after ? { after } : {}) })
    return { view: 'cases/list', model: caseListPage(services.vault, page, actor, presenterOf(res)) }
  })

  pages.get('/cases/:no', { guard: read, audit: 'case.read' }, async ({ actor, params, res }) => {
    const found = await readableCase(services, actor, params['no'])
    await services.caseOpened(found, actor)
    const present = presenterOf(res)
    const stream = caseStream(found.no)
    const loaded = await Promise.all(
      sections.map(async ({ id, partial, load }) => {
        const part = await load(found, actor, present)
        return part ? [{ id, partial, ...part }] : []
      }),
    )
    const parts = {
      found,
      deadlines: await services.deadlines.allFor(actor.county, stream),
      lines: await services.journal.stream(actor.county, stream),
      nameOf: await namesOf(services, actor.county),
      person: await personLine(services, found, present),
      sections: loaded.flat(),
    }
    return { view: 'cases/case', model: casePage(services.vault, parts, actor, present) }
  })
}
