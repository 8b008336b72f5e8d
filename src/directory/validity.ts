/** A time during which something holds: from the first moment on, until just before the second, or for good. */
export interface Validity {
  readonly validFrom: Date
  /** Left out while no end is known. */
  readonly validTo?: Date
}

/** Whether it holds at a moment. */
export function isValidAt({ validFrom, validTo }: Validity, at: Date): boolean {
  return validFrom <= at && (validTo === undefined || at < validTo)
}

/** Whether it has an end that has passed. What begins later counts as not yet over. */
export function isOver({ validTo }: Validity, at: Date): boolean {
  return validTo !== undefined && validTo <= at
}
