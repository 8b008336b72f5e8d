import QRCode from 'qrcode'

/**
 * A QR code as inline SVG in the colour of the text around it; no style attributes, no data address.
 *
 * @param text - usually the page's address
 * @param label - what it leads to, for people who hear the page
 */
export function qrSvg(text: string, label: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const { size, data } = modules
  const dots = Array.from(data, (dark, index) => (dark ? `M${index % size} ${Math.floor(index / size)}h1v1h-1z` : ''))
  const safeLabel = label.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  const box = `-2 -2 ${size + 4} ${size + 4}`
  return `<svg class="jjn-qr" role="img" aria-label="${safeLabel}" viewBox="${box}"><path d="${dots.join('')}"/></svg>`
}
