import type { TagCode } from './person.ts'
import type { PersonPageForm } from './person-forms.ts'
import type { NewPerson } from './register-person.ts'
import type { PersonChanges } from './update-person.ts'

/** Who says so when a status is ticked on a page. */
const SOURCE = 'desk'

/** What the page's form says about somebody new. */
export function newPersonOf(form: PersonPageForm): NewPerson {
  return { ...detailsOf(form), tags: tagsOf(form), notes: form.notes }
}

/** What the page's form changes: empty fields stay as they are, ticked ones are cleared, statuses are as ticked. */
export function changesOf(form: PersonPageForm, tags: readonly TagCode[]): PersonChanges {
  const cleared = Object.fromEntries(form.clear.map((field) => [field, null]))
  const isSame = tags.length === form.tags.length && form.tags.every((code) => tags.includes(code))
  const { phones: addPhones, ...details } = detailsOf(form)
  return {
    ...cleared,
    ...details,
    addPhones: addPhones ?? undefined,
    notes: form.notes,
    ...(isSame ? {} : { tags: tagsOf(form) }),
  }
}

function tagsOf(form: PersonPageForm): { code: TagCode; source: string }[] {
  return form.tags.map((code) => ({ code, source: SOURCE }))
}

/** Only what was typed: a field left empty is not in it. */
function detailsOf(form: PersonPageForm): Omit<NewPerson, 'tags' | 'notes'> {
  const { name, identityNumber, phone, address, registration, health, birth, residenceCode, account, bank, holder } =
    form
  const given = {
    name,
    identityNumber,
    address,
    registration,
    health,
    phones: phone === undefined ? undefined : [phone],
    birth: birth || undefined,
    residence: residenceCode || undefined,
    bankAccount: account && bank ? { account, bank, ...(holder ? { holder } : {}) } : undefined,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
