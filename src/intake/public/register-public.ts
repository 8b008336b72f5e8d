import { atTriage } from '../../routing/index.ts'
import type { Actor, By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import type { IntakeForm } from '../intake-forms.ts'
import type { IntakeAnswer, RegisterIntakeServices } from '../register-intake.ts'
import { registerIntake } from '../register-intake.ts'

/**
 * Registers what somebody sent without an account. The county's triage desk took it: it answers for the request until a township does.
 *
 * @throws DomainError `county.not_served`
 */
export async function registerPublic(
  services: RegisterIntakeServices,
  county: string,
  form: IntakeForm,
  by: By,
): Promise<IntakeAnswer> {
  const desk = await atTriage(services, county, services.clock.now())
  if (!desk) throw new DomainError('county.not_served', 'Nobody here takes requests for that county', { county })
  const takenBy = { unit: county, staffId: desk.staffId }
  return registerIntake(services, form, { ...by, actor: publicActor(by.actor, county) }, takenBy)
}

/** Nobody in particular, in a county. */
function publicActor(actor: Actor, county: string): Actor {
  return { ...actor, kind: 'public', county, unit: county, roles: [] }
}
