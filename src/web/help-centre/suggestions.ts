interface Suggestion {
  readonly kind: 'article' | 'thread'
  readonly title: string
  readonly path: string
}

/**
 * Suggests pages at every key: a combobox whose list nobody has to use, for Enter without a choice searches as ever
 * (WAI-ARIA Authoring Practices, combobox with list autocomplete). How many there are is announced.
 */
export function suggest(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=search]')
  const status = form.querySelector('[role=status]')
  if (input === null || status === null) return
  const { suggestions: address = '', none = '', one = '', many = '', all = '', community = '' } = form.dataset
  const list = document.createElement('div')
  list.id = 'suggestions'
  list.className = 'suggestions'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '')
  list.hidden = true
  form.append(list)
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-controls', list.id)
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-expanded', 'false')
  let asking = new AbortController()
  let chosen = -1

  const links = () => [...list.querySelectorAll('a')]

  function choose(next: number): void {
    const options = [...list.children]
    chosen = next
    for (const [at, option] of options.entries()) option.setAttribute('aria-selected', String(at === chosen))
    const option = options[chosen]
    if (option === undefined) input!.removeAttribute('aria-activedescendant')
    else {
      input!.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    }
  }

  function open(isOpen: boolean): void {
    list.hidden = !isOpen
    input!.setAttribute('aria-expanded', String(isOpen))
    if (!isOpen) choose(-1)
  }

  function show(items: readonly Suggestion[], q: string): void {
    const rows = items.map(({ kind, title, path }) => row(title, path, kind === 'thread' ? community : ''))
    if (rows.length > 0) {
      const search = new URL(form.action)
      search.searchParams.set('q', q)
      const more = row(
        all.replace('{q}', () => q),
        search.href,
        '',
      )
      more.classList.add('all')
      rows.push(more)
    }
    for (const [at, option] of rows.entries()) option.id = `suggestion-${at}`
    list.replaceChildren(...rows)
    open(rows.length > 0)
    choose(-1)
    const count = items.length
    status!.textContent =
      q === '' ? '' : count === 0 ? none : count === 1 ? one : many.replace('{count}', String(count))
  }

  async function ask(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    const q = input!.value.trim()
    if (q === '') return show([], '')
    try {
      const { signal } = asking
      const answer = await fetch(`${address}?q=${encodeURIComponent(input!.value)}`, { signal })
      if (!answer.ok) return open(false)
      const { items } = (await answer.json()) as { items: readonly Suggestion[] }
      if (!signal.aborted) show(items, q)
    } catch {
      // Another key came meanwhile, or the network went: the search itself works without.
    }
  }

  input.addEventListener('input', (event) => {
    if (!(event as InputEvent).isComposing) void ask()
  })
  input.addEventListener('compositionend', () => void ask())
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || list.hidden) return
    const { length } = list.children
    if (event.key === 'ArrowDown') choose(chosen + 1 >= length ? -1 : chosen + 1)
    else if (event.key === 'ArrowUp') choose(chosen === -1 ? length - 1 : chosen - 1)
    else if (event.key === 'Escape') open(false)
    else if (event.key === 'Enter' && chosen >= 0) links()[chosen]?.click()
    else return
    event.preventDefault()
  })
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !form.contains(target)) open(false)
  })
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !form.contains(relatedTarget)) open(false)
  })
}

function row(text: string, href: string, about: string): HTMLAnchorElement {
  const option = document.createElement('a')
  option.setAttribute('role', 'option')
  option.setAttribute('aria-selected', 'false')
  option.href = href
  option.tabIndex = -1
  option.textContent = text
  if (about !== '') {
    const small = document.createElement('small')
    small.textContent = about
    option.append(' ', small)
  }
  return option
}
