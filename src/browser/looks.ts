const YEAR_SECONDS = 365 * 86_400

/** Class on the root element, cookie and its two values, for each look that can be switched. */
const LOOKS: Readonly<Record<string, { className: string; cookie: string; on: string; off: string }>> = {
  night: { className: 'jjn-night', cookie: 'night', on: '1', off: '0' },
  large: { className: 'jjn-large', cookie: 'text', on: 'large', off: 'normal' },
}

/** Lets night mode and large text switch in place, so that nothing typed is lost; without scripts they are links. */
export function startLooks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-look]') : null
    const look = link && LOOKS[link.dataset['look'] ?? '']
    if (!look) return
    event.preventDefault()
    const on = document.documentElement.classList.toggle(look.className)
    document.cookie = `${look.cookie}=${on ? look.on : look.off}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
    const words = link.querySelector<HTMLElement>('[data-on]')
    if (words) words.textContent = (on ? words.dataset['on'] : words.dataset['off']) ?? ''
    const url = new URL(link.href)
    url.searchParams.set(look.cookie, on ? look.off : look.on)
    link.href = url.href
  })
}
