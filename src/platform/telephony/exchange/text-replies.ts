import { parseXml } from './xml.ts'
import type { XmlElement } from './xml.ts'

/**
 * The texts an answer to an incoming text sends back: each `<Message>` with its words or its `<Body>`.
 *
 * @throws XmlError
 */
export function textReplies(answer: string): string[] {
  if (answer.trim() === '') return []
  const root = parseXml(answer)
  return childrenNamed(root, 'Message').map((message) => {
    const body = childrenNamed(message, 'Body')[0] ?? message
    return body.children
      .filter((child) => typeof child === 'string')
      .join('')
      .trim()
  })
}

function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string').filter((child) => child.name === name)
}
