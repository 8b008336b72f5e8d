/** What a start of the local services is told. */
export interface LocalServicesOptions {
  /** `DATA_DIR`; everything lies in its folder `services`. */
  readonly dataDir: string
  /** A database that runs elsewhere: none is started here. */
  readonly mongoUri?: string | undefined
  /** A Redis that runs elsewhere: none is started here. */
  readonly redisUrl?: string | undefined
  /** Address of the Debian mirror (`DEBIAN_MIRROR`); else the one of the machine's own sources. */
  readonly mirror?: string | undefined
  /** Folder of the unpacked programs, which several data folders may share. Default: `services/prefix` in the data folder. */
  readonly prefixDir?: string | undefined
  /** For tests: an empty database on a RAM disk if there is one with room, without fsync, removed at the stop. */
  readonly scratch?: boolean
  /** Takes one line at a time for the person at the machine. */
  readonly log: (line: string) => void
}
