import type { Condition } from '../shared/permissions.ts'

interface OfCounty {
  readonly county: string
}

interface OfUnit extends OfCounty {
  readonly unit: string
}

/** Anything of the actor's own county. */
export const inOwnCounty: Condition<OfCounty> = {
  name: 'own county',
  holds: (subject, _held, actor) => subject.county === actor.county,
  filter: (_held, actor) => ({ county: actor.county }),
}

/** Only what belongs to the unit in which the role is held. */
export const ofOwnUnit: Condition<OfUnit> = {
  name: 'own unit',
  holds: (subject, held, actor) => subject.county === actor.county && subject.unit === held.unit,
  filter: (held) => ({ unit: held.unit }),
}
