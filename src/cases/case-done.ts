import type { PageAnswer } from '../platform/http/index.ts'
import type { CaseAnswer } from './act-on-case.ts'

/** Back to the case, saying what was done. */
export async function caseDone(answer: Promise<CaseAnswer>, said: string): Promise<PageAnswer> {
  const { no } = await answer
  return { redirect: `/cases/${no}`, flash: { key: `cases:said.${said}`, params: { no } } }
}
