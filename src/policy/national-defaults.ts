import type { PolicyStore } from './policy-store.ts'
import type { PolicyValue } from './policy-value.ts'
import { PARAMETER_KEYS, parameterOf } from './parameters/index.ts'
import { NATION } from './scope.ts'
import { SOURCES } from './source.ts'

/** The defaults hold since the Social Assistance Law does. Source: rules, "Read this first". */
export const DEFAULTS_VALID_FROM = '2026-07-01'

/** The catalogue's defaults as values for the whole country. */
export function nationalDefaults(): readonly PolicyValue[] {
  return PARAMETER_KEYS.flatMap((key) => {
    const parameter = parameterOf(key)
    if (parameter.default === undefined) return []
    return {
      _id: `default/${key}/${DEFAULTS_VALID_FROM}`,
      county: NATION,
      scope: NATION,
      key,
      value: parameter.default,
      unit: parameter.unit,
      validFrom: DEFAULTS_VALID_FROM,
      ...(parameter.lock ? { lock: parameter.lock } : {}),
      source: SOURCES[parameter.source],
      recordedAt: new Date(`${DEFAULTS_VALID_FROM}T00:00:00+08:00`),
      recordedBy: 'product',
    }
  })
}

/**
 * Puts the defaults into the database, once; part of every start after `migrate`. They come with the product and belong to no county, so no
 * county's journal names them.
 *
 * @returns how many were new
 */
export async function installNationalDefaults(services: { readonly policyStore: PolicyStore }): Promise<number> {
  return services.policyStore.addMissing(NATION, nationalDefaults())
}
