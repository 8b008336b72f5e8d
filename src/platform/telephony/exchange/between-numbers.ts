import { toDialable } from '../dialable.ts'

/** The numbers that a list is asked for, as its reader spelled them. */
export interface WantedNumbers {
  readonly To?: string | undefined
  readonly From?: string | undefined
}

/** Whether a call or a text went between the wanted numbers. They are read once, not for every entry of the log. */
export function betweenNumbers({ To, From }: WantedNumbers): (entry: { to: string; from: string }) => boolean {
  const [to, from] = [To, From].map((spelling) => (spelling === undefined ? undefined : toDialable(spelling)))
  return (entry) => (To === undefined || to === entry.to) && (From === undefined || from === entry.from)
}
