import { Refusal } from '../refusal.ts'

/** What depends on the processor. */
export interface Machine {
  /** Debian's name of the architecture. */
  readonly architecture: string
  /** Folder name of its libraries. */
  readonly triplet: string
  /** File name of its program loader. */
  readonly loader: string
}

const MACHINES: Readonly<Partial<Record<string, Machine>>> = {
  x64: { architecture: 'amd64', triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { architecture: 'arm64', triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
}

/** This machine. @throws Refusal `machine.unsupported` for anything but Linux on x86-64 or arm64 */
export function thisMachine(): Machine {
  const machine = process.platform === 'linux' ? MACHINES[process.arch] : undefined
  if (machine) return machine
  throw new Refusal(
    'machine.unsupported',
    `不支持 ${process.platform}/${process.arch}：请设置 MONGODB_URI 和 REDIS_URL`,
    `${process.platform}/${process.arch} has no local services: set MONGODB_URI and REDIS_URL`,
  )
}
