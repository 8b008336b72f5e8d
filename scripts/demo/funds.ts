import type { FundId, LedgerServices } from '../../src/ledger/index.ts'
import {
  bookArrival,
  countyFundId,
  donationFundId,
  drawCash,
  fundSubfund,
  issueGoods,
  openFund,
  orderAppropriation,
  receiveBudget,
  receiveDonation,
  townshipFundId,
  villageFundId,
} from '../../src/ledger/index.ts'
import type { By } from '../../src/shared/actor.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { fen } from '../../src/shared/fen.ts'
import type { DemoCounty, DemoProfile, DemoTownship } from './places.ts'
import { demoCounty } from './places.ts'
import { villageId } from './units.ts'

/** Opening sums of the fixture. Fen. Source: scenarios, "Shared fixture". */
const BUDGET_FEN = 100_000_000
const FLOAT_FEN = 5_000_000
const SMALL_FLOAT_FEN = 50_000
const DRAWN_FEN = 200_000
const VILLAGE_FEN = 100_000
const DONATION_FEN = 2_000_000
const LOW_WATER_PERCENT = 30

/** Townships of the first county that open differently. */
const SMALL = '海永'
const WITH_VILLAGE = '四甲'
const GOODS_FEN: Readonly<Record<string, number>> = { 常乐: 100_000, 悦来: 100_000, 余东: 1_000_000 }

/** Opens the books of a demo county as the stories find them. A second run gives the first answers and changes nothing. */
export async function seedFunds(
  services: LedgerServices,
  { county: code, profile }: { readonly county: string; readonly profile: DemoProfile },
): Promise<void> {
  const county = demoCounty(profile, code)
  const countyFund = countyFundId(code)
  const by = keysOf(code)
  await openFund(services, { fundId: countyFund, name: county.name, terms: terms(0) }, by(`open/${countyFund}`))
  await receiveBudget(services, { fundId: countyFund, amountFen: fen(BUDGET_FEN) }, by('budget'))
  for (const township of county.townships) await seedTownship(services, county, township, profile, by)
  if (profile !== 'HM-TEST') return
  const donation = donationFundId(code)
  await openFund(services, { fundId: donation, name: county.name, terms: terms(0) }, by(`open/${donation}`))
  await receiveDonation(services, { fundId: donation, amountFen: fen(DONATION_FEN) }, by('donation'))
}

async function seedTownship(
  services: LedgerServices,
  county: DemoCounty,
  township: DemoTownship,
  profile: DemoProfile,
  by: (step: string) => By,
): Promise<void> {
  const fundId = townshipFundId(`${county.code}${township.code}`)
  const isFirst = profile === 'HM-TEST'
  const floatFen = isFirst && township.short === SMALL ? SMALL_FLOAT_FEN : FLOAT_FEN
  const step = (name: string): By => by(`${name}/${fundId}`)
  await openFund(services, { fundId, name: township.short, terms: terms(floatFen) }, step('open'))
  await orderAppropriation(services, { fundId, amountFen: fen(floatFen) }, step('appropriation'))
  await bookArrival(services, { fundId, amountFen: fen(floatFen) }, step('arrival'))
  await drawCash(services, { fundId, amountFen: fen(Math.min(DRAWN_FEN, floatFen)) }, step('cash'))
  const goodsFen = isFirst ? (GOODS_FEN[township.short] ?? 0) : 0
  if (goodsFen > 0) await issueGoods(services, { fundId, amountFen: fen(goodsFen) }, step('goods'))
  if (isFirst && township.short === WITH_VILLAGE)
    await seedVillage(services, villageFundId(villageId(county, township)), township, by)
}

async function seedVillage(
  services: LedgerServices,
  fundId: FundId,
  township: DemoTownship,
  by: (step: string) => By,
): Promise<void> {
  await openFund(services, { fundId, name: `${township.short}村`, terms: terms(VILLAGE_FEN) }, by(`open/${fundId}`))
  const input = { fundId, amountFen: fen(VILLAGE_FEN), from: 'bank', into: 'cash' } as const
  await fundSubfund(services, input, by(`subfund/${fundId}`))
}

function terms(floatFen: number): { floatFen: ReturnType<typeof fen>; lowWaterPercent: number } {
  return { floatFen: fen(floatFen), lowWaterPercent: LOW_WATER_PERCENT }
}

/** Every step has a key of its own, so that a seed which was interrupted goes on where it stopped. */
function keysOf(county: string): (step: string) => By {
  return (step) => {
    const key = `seed/funds/${step}`
    return { actor: systemActor(county), key, bodyHash: key }
  }
}
