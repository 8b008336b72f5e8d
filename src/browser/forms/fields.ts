/** What a form holds: names with values, in the order of the page. */
export type Fields = readonly (readonly [string, string])[]

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Reads everything a person can type or choose; never passwords, files or the command's hidden fields. */
export function readFields(form: HTMLFormElement): Fields {
  return keptFields(form)
    .filter((field) => !isChoice(field) || field.checked)
    .map((field) => [field.name, field.value] as const)
}

/** Puts values back into a form and unchecks what was not chosen. */
export function writeFields(form: HTMLFormElement, fields: Fields): void {
  for (const field of keptFields(form)) {
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value)
    if (isChoice(field)) field.checked = values.includes(field.value)
    else if (values[0] !== undefined) field.value = values[0]
  }
}

/** Whether two readings of a form say the same. */
export function sameFields(one: Fields, other: Fields): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function keptFields(form: HTMLFormElement): Field[] {
  const fields = Array.from(form.querySelectorAll<Field>('input, select, textarea'))
  return fields.filter(
    ({ name, type }) => name !== '' && !name.startsWith('_') && type !== 'password' && type !== 'file',
  )
}

function isChoice(field: Field): field is HTMLInputElement {
  return field.type === 'checkbox' || field.type === 'radio'
}
