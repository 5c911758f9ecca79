const KEY = 'entraide.searches'
const MOST = 5

/** Keeps the last searches in this browser alone, and offers them where the page has a place for them. */
export function rememberSearches(form: HTMLFormElement): void {
  form.addEventListener('submit', () => {
    const q = new FormData(form).get('q')
    if (typeof q !== 'string' || q.trim() === '') return
    store([q.trim(), ...read().filter((each) => each !== q.trim())].slice(0, MOST))
  })
  const place = document.querySelector('.recent')
  const searches = read()
  if (place === null || searches.length === 0) return
  const name = document.createElement('span')
  name.textContent = form.dataset.recent ?? ''
  const links = searches.map((q) => {
    const link = document.createElement('a')
    const address = new URL(form.action)
    address.searchParams.set('q', q)
    link.href = address.href
    link.textContent = q
    return link
  })
  const forget = document.createElement('button')
  forget.type = 'button'
  forget.className = 'plain'
  forget.textContent = form.dataset.forget ?? ''
  forget.addEventListener('click', () => {
    store([])
    place.replaceChildren()
    form.querySelector('input')?.focus()
  })
  place.replaceChildren(name, ...links, forget)
}

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string').slice(0, MOST) : []
  } catch {
    // A browser may keep nothing, or something that is not ours.
    return []
  }
}

function store(searches: readonly string[]): void {
  try {
    if (searches.length === 0) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, JSON.stringify(searches))
  } catch {
    // Searching goes on without.
  }
}
