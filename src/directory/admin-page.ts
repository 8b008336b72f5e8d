import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { isOver } from './validity.ts'
import type { DirectoryRouteServices } from './directory-routes.ts'

/** Where an administrator begins: what waits, then the registers with their sizes. */
export async function adminPage(
  { units, windows, hotlines, staff, roster, resets }: DirectoryRouteServices,
  { county, staffId }: Actor,
  { t, now }: Presenter,
): Promise<object> {
  const open = await resets.open(county, now)
  const mine = open.filter((reset) => reset.askedBy !== staffId && reset.staffId !== staffId).length
  const gaps = (await roster.reportedGaps(county)).length
  const size = (records: readonly { readonly validFrom: Date; readonly validTo?: Date }[]) =>
    records.filter((record) => !isOver(record, now)).length
  const counts = {
    units: size((await units.book(county)).all),
    staff: size((await staff.book(county)).all),
    windows: size(await windows.list(county)),
    hotlines: size(await hotlines.list(county)),
  }
  return {
    title: t('directory:admin.title'),
    nextStep: nextStep(mine, gaps, t),
    resetsWait: mine > 0,
    gapsOpen: gaps > 0,
    registers: Object.entries(counts).map(([name, count]) => ({
      href: `/admin/${name}`,
      text: t(`directory:${name}.title`),
      note: t('directory:admin.count', { count }),
    })),
  }
}

function nextStep(resets: number, gaps: number, t: Presenter['t']): string {
  if (resets > 0) return t('directory:admin.resetsWait', { count: resets })
  if (gaps > 0) return t('directory:admin.gapsOpen', { count: gaps })
  return t('directory:admin.nothingWaits')
}
