import type { Language } from './language.ts'

/** One entry of the menu a person's roles give. */
export interface MenuEntry {
  readonly href: string
  readonly text: string
  /** This is where the person is. */
  readonly current?: boolean
  /** How many wait there; shown beside the word when not 0. */
  readonly count?: number
  /** Key that opens it, e.g. `F2`. */
  readonly key?: string
}

/** Who is signed in, as the top bar shows it. */
export interface ViewActor {
  /** Account name; drafts in the browser are kept per account. */
  readonly account: string
  readonly name: string
  /** The unit in words, e.g. 常乐镇. */
  readonly unit: string
  readonly menu: readonly MenuEntry[]
}

/** A switch of the top bar: where it leads and what it is called. */
export interface Switches {
  readonly language: { readonly href: string; readonly text: string; readonly lng: Language }
  readonly largeText: { readonly href: string; readonly on: boolean }
  readonly night: { readonly href: string; readonly on: boolean }
}

/** What every page knows; stands under `view` in each template. The http layer fills the last four. */
export interface ViewGlobals {
  readonly lng: Language
  readonly now: Date
  /** Real time of rendering, milliseconds; live events since then are asked for once the page is connected. */
  readonly renderedMs: number
  /** Path without the query. */
  readonly path: string
  readonly demo: boolean
  readonly night: boolean
  readonly largeText: boolean
  readonly switches: Switches
  nonce?: string
  csrfToken?: string
  actor?: ViewActor
  /** What the person was told and has not seen, as the partial `told` shows it. */
  told?: object
}
