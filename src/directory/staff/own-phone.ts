import type { FieldPlace, FieldVault, SealedText } from '../../platform/privacy/index.ts'
import type { Staff } from './staff.ts'

/** Seals somebody's own phone for their record. */
export function sealStaffPhone(vault: FieldVault, staffId: string, phone: string): SealedText {
  return vault.seal(phone, placeOf(staffId))
}

/** Somebody's own phone, to call them while they are on duty. */
export function openStaffPhone(vault: FieldVault, { _id, phone }: Pick<Staff, '_id' | 'phone'>): string | undefined {
  return phone === undefined ? undefined : vault.open(phone, placeOf(_id))
}

function placeOf(record: string): FieldPlace {
  return { collection: 'staff', field: 'phone', record }
}
