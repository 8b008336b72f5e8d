import type { Fact } from '../../journal/index.ts'

/** How many divisions an import added, changed and ended, and which version of the list it made. */
export interface ImportCounts {
  readonly added: number
  readonly changed: number
  readonly ended: number
  readonly version: number
}

/** The division list was changed by an import. */
export function divisionsImported({ added, changed, ended, version }: ImportCounts): Fact {
  return { stream: 'divisions:list', type: 'divisions.imported', data: { added, changed, ended, version } }
}
