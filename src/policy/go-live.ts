import type { ParameterKey } from './parameters/index.ts'
import { PARAMETER_KEYS, parameterOf } from './parameters/index.ts'
import type { Policies } from './policies.ts'
import { DomainError } from '../shared/errors.ts'

/**
 * What a county still has to set before it may take its first case.
 *
 * Source: rules, "No silent defaults for money".
 *
 * Village aid that is on somewhere needs a limit there.
 */
export async function missingForGoLive(
  services: { readonly policies: Policies },
  county: string,
  at: Date,
): Promise<readonly ParameterKey[]> {
  const policy = await services.policies.at({ scope: county, at })
  const missing = PARAMETER_KEYS.filter((key) => parameterOf(key).isRequired && !policy.find(key))
  for (const scope of [county, ...(await services.policies.townshipsWithValues(county))]) {
    const local = await services.policies.at({ scope, at })
    if (local.find('village.enabled')?.value && !local.find('village_cap_fen')) return [...missing, 'village_cap_fen']
  }
  return missing
}

/** @throws DomainError `policy.not_ready` that names what is missing */
export async function requireReadyForGoLive(
  services: { readonly policies: Policies },
  county: string,
  at: Date,
): Promise<void> {
  const missing = await missingForGoLive(services, county, at)
  if (missing.length > 0)
    throw new DomainError('policy.not_ready', `${county} lacks ${missing.join(', ')}`, {
      county,
      missing: missing.join(', '),
    })
}
