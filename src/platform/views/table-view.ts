import type { TimeValue } from './time.ts'

/** How loud a status tag speaks. Green is only for what is done and proven. */
export type Tone = 'plain' | 'waiting' | 'active' | 'done' | 'problem'

/** A word for the state something is in. */
export interface TagView {
  readonly text: string
  readonly tone: Tone
}

/** One cell of `{{> table}}`; the first field present decides how it looks. */
export type Cell =
  | { readonly text: string; readonly href?: string; readonly note?: string }
  | { readonly amountFen: number }
  | { readonly dueAt: TimeValue; readonly note?: string }
  | { readonly at: TimeValue }
  | { readonly urgency: string }
  | { readonly tag: TagView }
  | { readonly action: { readonly href: string; readonly text: string } }

/** A column: its heading stands above on a wide screen, beside each value on a phone. */
export interface Column {
  readonly text: string
  /** Right-aligned with tabular figures. */
  readonly numeric?: boolean
  /** Read out but not shown: a column of buttons. */
  readonly hideText?: boolean
}

/** A row: its id lets the live page see which rows are new. */
export interface Row {
  readonly id?: string
  readonly cells: readonly Cell[]
}

/** What `{{> table table}}` shows. */
export interface TableView {
  readonly caption: string
  /** The caption is read out but not shown, because the heading above says it. */
  readonly hideCaption?: boolean
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** Where the next page of the list begins. */
  readonly next?: { readonly href: string } | undefined
}
