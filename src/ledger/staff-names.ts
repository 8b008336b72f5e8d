/** Says the names of staff; who a name belongs to is somebody else's domain. */
export interface StaffNames {
  book(county: string): Promise<{ get(id: string): { readonly name: string } | null | undefined }>
}

/** The name of a member of staff by id; an id nobody knows stays as it is. */
export async function staffNames(staff: StaffNames, county: string): Promise<(id: string) => string> {
  const book = await staff.book(county)
  return (id) => book.get(id)?.name ?? id
}
