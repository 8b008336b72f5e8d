import type { Candidate } from './suggestions.ts'

/** A list under a text field. Source of keys and roles: WAI-ARIA Authoring Practices, "Editable combobox with list autocomplete". */
export interface Combobox {
  show(candidates: readonly Candidate[]): void
  /** Says something to people who cannot see the list. */
  tell(text: string): void
}

/** Adds the list to an input that stands in a `.jjn-suggest`. */
export function createCombobox(input: HTMLInputElement, onChoose: (candidate: Candidate) => void): Combobox {
  const { list, status } = addParts(input)
  let candidates: readonly Candidate[] = []
  let active = -1

  const mark = (index: number) => {
    active = index
    Array.from(list.children).forEach((option, at) => option.setAttribute('aria-selected', String(at === index)))
    const option = list.children[index]
    if (option) {
      input.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    } else input.removeAttribute('aria-activedescendant')
  }
  const open = (isOpen: boolean) => {
    list.hidden = !isOpen
    input.setAttribute('aria-expanded', String(isOpen))
    if (!isOpen) mark(-1)
  }
  const choose = (index: number) => {
    const candidate = candidates[index]
    open(false)
    if (candidate) onChoose(candidate)
  }
  const step = (by: number) => {
    if (candidates.length === 0) return
    if (list.hidden) open(true)
    mark((active + by + candidates.length) % candidates.length)
  }

  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(active < 0 ? 0 : -1)
    else if (event.key === 'Enter' && !list.hidden && active >= 0) choose(active)
    else if (event.key === 'Escape' && !list.hidden) open(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  input.addEventListener('blur', () => open(false))
  // The press must not take the focus away from the field before the choice is made.
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest('[role="option"]') : null
    if (option) choose(Array.from(list.children).indexOf(option))
  })

  return {
    show: (found) => {
      candidates = found
      list.textContent = ''
      list.append(...found.map((candidate, index) => optionOf(candidate, `${list.id}-${index}`)))
      open(found.length > 0)
    },
    tell: (text) => {
      status.textContent = text
    },
  }
}

function addParts(input: HTMLInputElement): { list: HTMLElement; status: HTMLElement } {
  const list = document.createElement('ul')
  list.id = `${input.id}-list`
  list.className = 'jjn-suggest__list'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', input.labels?.[0]?.textContent.trim() ?? input.name)
  list.hidden = true
  const status = document.createElement('span')
  status.className = 'govuk-visually-hidden'
  status.setAttribute('role', 'status')
  input.after(list, status)
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-controls', list.id)
  input.setAttribute('aria-expanded', 'false')
  return { list, status }
}

function optionOf(candidate: Candidate, id: string): HTMLElement {
  const option = document.createElement('li')
  option.id = id
  option.className = 'jjn-suggest__option'
  option.setAttribute('role', 'option')
  option.setAttribute('aria-selected', 'false')
  const name = document.createElement('strong')
  name.textContent = candidate.name
  const path = document.createElement('span')
  path.textContent = candidate.path
  option.append(name, path)
  return option
}
