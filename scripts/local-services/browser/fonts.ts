import { access, mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** Chinese type, regular weight, as a collection of five regional faces; `NotoSansCJKsc-Regular` is the one for PDFs. */
const FONT = 'usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'

/** Where Debian puts the same file when the package is installed. */
const INSTALLED = join('/', FONT)

/** Folder of the unpacked programs when none is named. */
export function defaultPrefix(dataDir: string): string {
  return resolve(dataDir, 'services/prefix')
}

/**
 * File of the Chinese font, which holds rare name characters too.
 *
 * @returns undefined when it is neither unpacked nor installed
 */
export async function findChineseFont(prefixDir: string): Promise<string | undefined> {
  for (const file of [join(prefixDir, FONT), INSTALLED]) if (await exists(file)) return file
  return undefined
}

/**
 * Writes a font configuration that adds the unpacked fonts to the machine's own.
 *
 * @returns its path, for `FONTCONFIG_FILE`
 */
export async function writeFontConfig(prefixDir: string, folder: string): Promise<string> {
  const file = join(folder, 'fonts.conf')
  await mkdir(folder, { recursive: true })
  await writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${escaped(join(prefixDir, 'usr/share/fonts'))}</dir>
  <cachedir>${escaped(join(folder, 'cache'))}</cachedir>
</fontconfig>
`,
  )
  return file
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
