const UTF8_BOM = [0xef, 0xbb, 0xbf] as const

/**
 * The text of a file that banks and spreadsheets write in China: UTF-8 with or without its mark, or GB 18030.
 *
 * @returns nothing when it is neither, such as UTF-16 or a spreadsheet itself
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const hasMark = UTF8_BOM.every((byte, at) => bytes[at] === byte)
  const text = read('utf-8', bytes) ?? (hasMark ? undefined : read('gb18030', bytes))
  return text === undefined || hasControls(text) ? undefined : text
}

function read(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Text of a bank has line breaks and tabs, and no other signs that cannot be seen. */
function hasControls(text: string): boolean {
  return /[^\P{Cc}\r\n\t]/u.test(text)
}
