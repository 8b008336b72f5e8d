/**
 * Makes one part of the page look like a fresh copy of it, changing only what differs.
 *
 * Elements keep their identity (by `id` or `data-item`, else by place), so focus, open details, typed text and scrolling stay.
 *
 * @returns items that were not there before
 */
export function morph(current: Element, fresh: Element): Element[] {
  const added: Element[] = []
  morphElement(current, fresh, added)
  return added
}

/** Attributes that belong to the person looking, not to the server's copy. */
const OWN_ATTRIBUTES: ReadonlySet<string> = new Set(['open', 'aria-busy', 'data-prepared', 'data-restored'])

function morphElement(current: Element, fresh: Element, added: Element[]): void {
  if (current.isEqualNode(fresh)) return
  copyAttributes(current, fresh)
  morphChildren(current, fresh, added)
}

function copyAttributes(current: Element, fresh: Element): void {
  // The key of an attempt whose outcome is unknown must outlive every refresh.
  if (current.matches('input[name="_key"]')) return
  for (const { name, value } of Array.from(fresh.attributes)) {
    if (!OWN_ATTRIBUTES.has(name) && current.getAttribute(name) !== value) current.setAttribute(name, value)
  }
  for (const { name } of Array.from(current.attributes)) {
    if (!OWN_ATTRIBUTES.has(name) && !fresh.hasAttribute(name)) current.removeAttribute(name)
  }
}

function morphChildren(current: Element, fresh: Element, added: Element[]): void {
  const keyed = new Map<string, Element>()
  for (const child of Array.from(current.children)) {
    const key = keyOf(child)
    if (key !== undefined) keyed.set(key, child)
  }
  let place = current.firstChild
  for (const wanted of Array.from(fresh.childNodes)) {
    const match = findMatch(wanted, place, keyed)
    if (!match) {
      current.insertBefore(wanted, place)
      if (wanted instanceof Element && wanted.hasAttribute('data-item')) added.push(wanted)
      continue
    }
    if (match === place) place = place.nextSibling
    else current.insertBefore(match, place)
    if (match instanceof Element && wanted instanceof Element) morphElement(match, wanted, added)
    else if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue
  }
  while (place) {
    const next = place.nextSibling
    place.remove()
    place = next
  }
}

/** The node that stands for the wanted one: the same key, else whatever is next in line and of the same kind. */
function findMatch(wanted: ChildNode, place: ChildNode | null, keyed: Map<string, Element>): ChildNode | undefined {
  const key = wanted instanceof Element ? keyOf(wanted) : undefined
  if (key !== undefined) {
    const found = keyed.get(key)
    return found?.nodeName === wanted.nodeName ? found : undefined
  }
  if (!place || place.nodeName !== wanted.nodeName) return undefined
  return place instanceof Element && keyOf(place) !== undefined ? undefined : place
}

function keyOf(element: Element): string | undefined {
  return element.id || (element.getAttribute('data-item') ?? undefined)
}
