import type { Redis } from 'ioredis'
import type { PageAnswer, PageRouter } from '../../platform/http/index.ts'
import { addressOf, createRateLimit, everyone } from '../../platform/http/index.ts'
import type { FormParts, Presenter } from '../../platform/views/index.ts'
import { formView, presenterOf } from '../../platform/views/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { isSpokenNo } from '../../shared/ids.ts'
import type { RegisterIntakeServices } from '../register-intake.ts'
import type { ProgressServices } from './progress.ts'
import { progressOf } from './progress.ts'
import { progressSchema, publicRequestSchema } from './public-forms.ts'
import { registerPublic } from './register-public.ts'

export interface PublicRouteServices extends RegisterIntakeServices, ProgressServices {
  readonly redis: Redis
}

/** Requests and questions a minute from one address; a village office shares one. */
const PER_MINUTE = { staff: 60, public: 30 }

const LAYOUT = { layout: 'public' } as const

/** Pages for anybody, without an account and without scripts: ask for help, and see how far it is. */
export function publicPages(services: PublicRouteServices, pages: PageRouter): void {
  pages.router.post(
    ['/public/:county', '/public/:county/progress'],
    createRateLimit(services.redis, 'public', PER_MINUTE),
  )

  pages.get('/public', { guard: everyone, audit: 'public.counties' }, async ({ res }) => {
    const counties = await countiesOf(services)
    const [only, ...others] = counties
    if (only && others.length === 0) return { redirect: `/public/${only.code}` }
    const { t } = presenterOf(res)
    const model = {
      title: t('intake:public.title'),
      counties: counties.map(({ code, name }) => ({ href: `/public/${code}`, name })),
    }
    return { view: 'public/counties', model, ...LAYOUT }
  })

  const ask = async (county: string, present: Presenter, form: FormParts = {}): Promise<PageAnswer> => {
    const { name, phone } = await countyOf(services, county)
    const book = await services.units.book(county)
    const model = {
      title: present.t('intake:public.title'),
      county: name,
      phone,
      action: `/public/${county}`,
      progressHref: `/public/${county}/progress`,
      townships: book.ofKind('township', present.now).map(({ _id, shortName }) => ({ value: _id, text: shortName })),
      needy: ['self', 'other'].map((value) => ({ value, text: present.t(`intake:public.needy.${value}`) })),
      form: formView(present, { values: { needy: 'self' }, ...form }),
    }
    return { view: 'public/ask', model, ...LAYOUT }
  }
  pages.get('/public/:county', { guard: everyone, audit: 'public.form' }, ({ params, res }) =>
    ask(params['county'] ?? '', presenterOf(res)),
  )
  pages.post(
    '/public/:county',
    { guard: everyone, audit: 'public.register', form: publicRequestSchema },
    async ({ params, res, form, by }) => {
      const county = params['county'] ?? ''
      await countyOf(services, county)
      if (!form.ok)
        return { ...(await ask(county, presenterOf(res), { values: form.typed, errors: form.errors })), status: 400 }
      const { no } = await registerPublic(services, county, form.values, by)
      return { redirect: `/public/${county}/received/${no}` }
    },
    (refusal, { params, res, form }) => ask(params['county'] ?? '', presenterOf(res), { values: form.typed, refusal }),
  )

  pages.get('/public/:county/received/:no', { guard: everyone, audit: 'public.received' }, async ({ params, res }) => {
    const { county = '', no = '' } = params
    const { phone } = await countyOf(services, county)
    if (!isSpokenNo(no)) throw new DomainError('page.not_found', 'That is no number of ours')
    const { t } = presenterOf(res)
    const model = {
      title: t('intake:public.received'),
      no,
      phone,
      progressHref: `/public/${county}/progress`,
    }
    return { view: 'public/received', model, ...LAYOUT }
  })

  const progress = async (
    county: string,
    present: Presenter,
    more: object,
    form: FormParts = {},
  ): Promise<PageAnswer> => {
    await countyOf(services, county)
    const model = {
      title: present.t('intake:public.progress'),
      action: `/public/${county}/progress`,
      askHref: `/public/${county}`,
      form: formView(present, form),
      ...more,
    }
    return { view: 'public/progress', model, ...LAYOUT }
  }
  pages.get('/public/:county/progress', { guard: everyone, audit: 'public.progress' }, ({ params, res }) =>
    progress(params['county'] ?? '', presenterOf(res), {}),
  )
  pages.post(
    '/public/:county/progress',
    { guard: everyone, audit: 'public.progress', form: progressSchema },
    async ({ params, req, res, form }) => {
      const county = params['county'] ?? ''
      const present = presenterOf(res)
      if (!form.ok)
        return { ...(await progress(county, present, {}, { values: form.typed, errors: form.errors })), status: 400 }
      const found = await progressOf(services, { county, ...form.values, address: addressOf(req) })
      const sentence = present.t(`intake:public.step.${found.step}`, { unit: found.unit })
      return progress(county, present, { found: { ...found, sentence } })
    },
    (refusal, { params, res, form }) =>
      progress(params['county'] ?? '', presenterOf(res), {}, { values: form.typed, refusal }),
  )
}

interface PublicCounty {
  readonly code: string
  readonly name: string
  readonly phone: string | undefined
}

async function countiesOf(services: Pick<PublicRouteServices, 'units'>): Promise<readonly PublicCounty[]> {
  const codes = await services.units.counties()
  return Promise.all(codes.map((code) => countyOf(services, code)))
}

/** @throws DomainError `page.not_found` for a county that is not served here */
async function countyOf({ units }: Pick<PublicRouteServices, 'units'>, code: string): Promise<PublicCounty> {
  const book = (await units.counties()).includes(code) ? await units.book(code) : undefined
  const county = book?.get(code)
  if (!book || !county) throw new DomainError('page.not_found', 'That county is not served here')
  const line = book.all.find(({ kind, phone }) => kind === 'hotline' && phone !== undefined)
  return { code, name: county.shortName, phone: line?.phone ?? county.phone }
}
