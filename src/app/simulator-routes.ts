import { z } from 'zod'
import type { PageRouter } from '../platform/http/index.ts'
import { createPageRouter, everyone } from '../platform/http/index.ts'
import type { ExchangeControl } from '../platform/telephony/index.ts'
import { formView, presenterOf } from '../platform/views/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'

const callSchema = z.object({
  from: z.string().trim().min(3, 'simulator:form.from').max(40),
  to: z.string().trim().min(3, 'simulator:form.to').max(40),
  say: z.string().trim().max(500).default(''),
  press: z
    .string()
    .trim()
    .regex(/^[\d*#]{0,40}$/, 'simulator:form.press')
    .default(''),
})

const textSchema = z.object({
  from: z.string().trim().min(3, 'simulator:form.from').max(40),
  to: z.string().trim().min(3, 'simulator:form.to').max(40),
  text: z.string().trim().min(1, 'simulator:form.text').max(500),
})

/** The demo's telephone: places calls and texts through the local exchange. Not mounted outside the demo. */
export function simulatorPages(control: ExchangeControl, numbers: () => Promise<readonly string[]>): PageRouter {
  const pages = createPageRouter()
  const route = { guard: everyone, audit: 'simulator' }

  const show = async (present: Presenter, form: FormParts = {}) => {
    const hotlines = await numbers()
    const calls = await control.liveCalls().catch(unreachable)
    return {
      view: 'simulator/phone',
      layout: 'bare',
      model: {
        title: present.t('simulator:title'),
        hotlines: hotlines.map((number) => ({ value: number, text: number })),
        calls: calls.map(({ sid, from, to, status }) => ({
          sid,
          from,
          to,
          status: present.t(`simulator:status.${status.replaceAll('-', '_')}`),
          hangUpAction: `/simulator/calls/${sid}/hang-up`,
        })),
        form: formView(present, { ...form, values: { to: hotlines[0] ?? '', from: '12800001111', ...form.values } }),
        id: newId(),
      },
    }
  }

  pages.get('/simulator', route, ({ res }) => show(presenterOf(res)))
  pages.post('/simulator/calls', { ...route, form: callSchema }, async ({ form, res }) => {
    if (!form.ok) return { ...(await show(presenterOf(res), { values: form.typed, errors: form.errors })), status: 400 }
    const { from, to, say, press } = form.values
    await control.call({ from, to, ...(say ? { say } : {}), ...(press ? { press } : {}) }).catch(unreachable)
    return { redirect: '/simulator', flash: { key: 'simulator:said.called' } }
  })
  pages.post('/simulator/calls/:sid/hang-up', { ...route, form: z.object({}) }, async ({ params }) => {
    await control.hangUp(params['sid'] ?? '').catch(() => undefined)
    return { redirect: '/simulator' }
  })
  pages.post('/simulator/texts', { ...route, form: textSchema }, async ({ form, res }) => {
    if (!form.ok) return { ...(await show(presenterOf(res), { values: form.typed, errors: form.errors })), status: 400 }
    await control.text(form.values).catch(unreachable)
    return { redirect: '/simulator', flash: { key: 'simulator:said.texted' } }
  })
  return pages
}

function unreachable(): never {
  throw new DomainError('simulator.unreachable', 'The local exchange does not answer')
}
