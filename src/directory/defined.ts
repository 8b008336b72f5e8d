/** The same fields, each with a value or left out altogether. */
export type Defined<Values> = { [Name in keyof Values]: Exclude<Values[Name], undefined> }

/** Leaves out what has no value, so that nothing empty is stored. */
export function defined<Values extends object>(values: Values): Defined<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<Values>
}
