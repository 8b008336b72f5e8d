import { mkdir, statfs } from 'node:fs/promises'
import { Refusal } from '../refusal.ts'

/** Refuses when a folder's disk has less room than needed. @throws Refusal `disk.full`, naming both in MB */
export async function requireSpace(folder: string, neededMb: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  const freeMb = Math.floor((bavail * bsize) / 1_048_576)
  if (freeMb >= neededMb) return
  throw new Refusal(
    'disk.full',
    `磁盘空间不足：${folder} 需要 ${neededMb} MB，只剩 ${freeMb} MB`,
    `The disk is full: ${folder} needs ${neededMb} MB and has ${freeMb} MB`,
  )
}
