import type { FieldVault, RotatableRecords, SealedText } from '../platform/privacy/index.ts'
import { openNote, sealNote } from './roster/hand-over.ts'
import type { RosterStore } from './roster/roster-store.ts'
import { openTotpSecret, sealTotpSecret } from './sign-in/totp.ts'
import { openStaffPhone, sealStaffPhone } from './staff/own-phone.ts'
import type { Staff } from './staff/staff.ts'
import type { StaffStore } from './staff/staff-store.ts'

/** The staff of a county for `rotateRecords`: own phones and second factors sealed again with the newest key. */
export function rotatableStaff(
  { staff, vault }: { readonly staff: StaffStore; readonly vault: FieldVault },
  county: string,
): RotatableRecords {
  return {
    idsAfter: (after, limit) => staff.idsAfter(county, after, limit),
    async rotate(staffId) {
      const person = await staff.find(county, staffId)
      const sealed = person ? resealed(vault, person) : {}
      if (!person || Object.keys(sealed).length === 0) return 'current'
      return (await staff.reseal(person, sealed)) ? 'rotated' : 'busy'
    },
  }
}

/** The notes from shift to shift of a county for `rotateRecords`. */
export function rotatableHandOvers(
  { roster, vault }: { readonly roster: RosterStore; readonly vault: FieldVault },
  county: string,
): RotatableRecords {
  return {
    idsAfter: (after, limit) => roster.handOverIdsAfter(county, after, limit),
    async rotate(id) {
      const note = await roster.findHandOver(county, id)
      if (!note || !vault.needsRotation(note.note)) return 'current'
      return (await roster.resealHandOver(note, sealNote(vault, id, openNote(vault, note)))) ? 'rotated' : 'busy'
    },
  }
}

/** The fields of a person that are sealed with another than the newest key, sealed again. */
function resealed(vault: FieldVault, person: Staff): Record<string, SealedText> {
  const { _id, totp, totpPending, phone } = person
  const fields: Record<string, SealedText> = {}
  const isOld = (value: SealedText | undefined): value is SealedText =>
    value !== undefined && vault.needsRotation(value)
  const again = (secret: SealedText) => sealTotpSecret(vault, _id, openTotpSecret(vault, _id, secret))
  if (isOld(totp?.secret)) fields['totp.secret'] = again(totp.secret)
  if (isOld(totpPending?.secret)) fields['totpPending.secret'] = again(totpPending.secret)
  if (isOld(phone)) fields['phone'] = sealStaffPhone(vault, _id, openStaffPhone(vault, person) ?? '')
  return fields
}
