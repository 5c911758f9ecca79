interface Suggestion {
  readonly kind: 'completion' | 'question' | 'article' | 'thread'
  readonly text: string
  /** Where it agrees with what is typed. */
  readonly marks: readonly (readonly [start: number, end: number])[]
  /** Absent where it only goes on what is typed. */
  readonly path?: string
}

/**
 * Suggests words, searches and pages at every key: a combobox whose list nobody has to use, for Enter without a choice
 * searches as ever (WAI-ARIA Authoring Practices, combobox with list autocomplete). How many there are is announced.
 */
export function suggest(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=search]')
  const status = form.querySelector('[role=status]')
  if (input === null || status === null) return
  const { suggestions: address = '', none = '', one = '', many = '', all = '' } = form.dataset
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

  const optionsOf = () => [...list.querySelectorAll<HTMLElement>('[role=option]')]

  function choose(next: number): void {
    const options = optionsOf()
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

  /** The suggestions of one kind under its name. They come in the order of their kinds. */
  function group(kind: Suggestion['kind'], items: readonly Suggestion[]): HTMLElement[] {
    if (items.length === 0) return []
    const section = document.createElement('div')
    section.setAttribute('role', 'group')
    section.setAttribute('aria-label', form.dataset[kind] ?? '')
    section.className = kind
    section.append(...items.map(({ text, marks, path }) => row(text, marks, path)))
    return [section]
  }

  function show(items: readonly Suggestion[], q: string): void {
    const kinds = [...new Set(items.map(({ kind }) => kind))]
    const rows = kinds.flatMap((kind) =>
      group(
        kind,
        items.filter((each) => each.kind === kind),
      ),
    )
    if (rows.length > 0) {
      const search = new URL(form.action)
      search.searchParams.set('q', q)
      const more = row(
        all.replace('{q}', () => q),
        [],
        search.href,
      )
      more.classList.add('all')
      rows.push(more)
    }
    list.replaceChildren(...rows)
    for (const [at, option] of optionsOf().entries()) option.id = `suggestion-${at}`
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
    const options = optionsOf()
    const { length } = options
    if (event.key === 'ArrowDown') choose(chosen + 1 >= length ? -1 : chosen + 1)
    else if (event.key === 'ArrowUp') choose(chosen === -1 ? length - 1 : chosen - 1)
    else if (event.key === 'Escape') open(false)
    else if (event.key === 'Enter' && chosen >= 0) options[chosen]?.click()
    else return
    event.preventDefault()
  })
  // What is pressed takes no focus from the box, where typing goes on.
  list.addEventListener('mousedown', (event) => event.preventDefault())
  list.addEventListener('click', ({ target }) => {
    const option = target instanceof Element ? target.closest('[role=option]:not(a)') : null
    if (option === null) return
    input.value = option.textContent ?? ''
    input.focus()
    void ask()
  })
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !form.contains(target)) open(false)
  })
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !form.contains(relatedTarget)) open(false)
  })
}

function row(text: string, marks: Suggestion['marks'], path: string | undefined): HTMLElement {
  const option = document.createElement(path === undefined ? 'div' : 'a')
  option.setAttribute('role', 'option')
  option.setAttribute('aria-selected', 'false')
  if (option instanceof HTMLAnchorElement) {
    option.href = path ?? ''
    option.tabIndex = -1
  }
  let done = 0
  for (const [start, end] of marks) {
    const agreeing = document.createElement('b')
    agreeing.textContent = text.slice(start, end)
    option.append(text.slice(done, start), agreeing)
    done = end
  }
  option.append(text.slice(done))
  return option
}
