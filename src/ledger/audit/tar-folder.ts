import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const BLOCK = 512

/**
 * The files of a folder as one gzipped tar archive. Same files, same bytes: no owners, no times.
 *
 * Source: POSIX.1-1988, ustar.
 *
 * @param under - name of the folder inside the archive
 */
export async function tarFolder(folder: string, under: string): Promise<Buffer> {
  const names = (await readdir(folder)).sort()
  const parts: Buffer[] = []
  for (const name of names) {
    const content = await readFile(join(folder, name))
    parts.push(header(`${under}/${name}`, content.length), content, Buffer.alloc(padding(content.length)))
  }
  return promisify(gzip)(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]))
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  block.write(name, 0, 100, 'utf8')
  block.write('0000644\0' + '0000000\0' + '0000000\0', 100, 'ascii')
  block.write(`${size.toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0`, 124, 'ascii')
  block.write('        0', 148, 'ascii')
  block.write('ustar\u000000', 257, 'ascii')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return block
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}
