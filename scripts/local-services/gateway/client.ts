/** One client connection, as far as commands care. */
export interface Client {
  /** Counts up from 1. */
  readonly id: number
}
