// A search box for other sites: one script without imports, which leaves nothing in the page but its box.
{
  interface Suggested {
    readonly text?: string
    readonly title?: string
    readonly path?: string
  }

  const WORDS = {
    en: {
      label: 'Search the help centre',
      search: 'Search',
      none: 'No suggestion',
      some: 'Suggestions: ',
    },
    fr: {
      label: 'Rechercher dans le centre d’aide',
      search: 'Rechercher',
      none: 'Aucune suggestion',
      some: 'Suggestions\u00a0: ',
    },
  }

  const STYLE = `:host{--accent:var(--entraide-accent,light-dark(#2b5bd7,#8ab0ff));display:block;max-width:28rem;font:inherit;color:var(--entraide-text,inherit)}
form{position:relative;display:flex;flex-wrap:wrap;gap:.5rem}
label{flex-basis:100%;font-size:.9375em}
input,button{box-sizing:border-box;min-height:2.75rem;padding:.5rem .75rem;border:1px solid;border-radius:.5rem;font:inherit}
input{flex:1;min-width:0;border-color:#868d98;background:var(--entraide-ground,Canvas);color:var(--entraide-text,CanvasText)}
button{border-color:transparent;background:var(--accent);color:var(--entraide-on-accent,light-dark(#fff,#000));cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
[role=listbox]{position:absolute;inset:calc(100% + .25rem) 0 auto;z-index:9;border:1px solid #868d98;border-radius:.5rem;overflow:hidden;background:var(--entraide-ground,Canvas)}
[hidden]{display:none}
a{display:block;padding:.5rem .75rem;color:var(--entraide-text,CanvasText);text-decoration:none;overflow-wrap:anywhere}
a:hover,[aria-selected=true]{text-decoration:underline;background:color-mix(in srgb,var(--accent) 15%,transparent)}
[role=status]{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}`

  // No declaration of a function: it would be one of the page's, too.
  const place = (script: HTMLScriptElement): void => {
    const { language = '', label, accent, onAccent, text, ground } = script.dataset
    const around = language || script.closest('[lang]')?.getAttribute('lang') || ''
    const spoken = around.toLowerCase().startsWith('fr') ? 'fr' : 'en'
    const words = WORDS[spoken]
    const home = new URL(`/help/${spoken}/`, script.src)
    const host = document.createElement('div')
    host.lang = spoken
    for (const [name, colour] of Object.entries({ accent, 'on-accent': onAccent, text, ground }))
      if (colour !== undefined) host.style.setProperty(`--entraide-${name}`, colour)
    const root = host.attachShadow({ mode: 'open' })
    const style = new CSSStyleSheet()
    style.replaceSync(STYLE)
    root.adoptedStyleSheets = [style]

    function add<Name extends keyof HTMLElementTagNameMap>(
      parent: Node,
      name: Name,
      attributes: Readonly<Record<string, string>> = {},
    ): HTMLElementTagNameMap[Name] {
      const element = document.createElement(name)
      for (const each in attributes) element.setAttribute(each, attributes[each]!)
      return parent.appendChild(element)
    }

    const form = add(root, 'form', { role: 'search', action: new URL('search', home).href })
    add(form, 'label', { for: 'q' }).textContent = label || words.label
    const input = add(form, 'input', {
      ...{
        id: 'q',
        name: 'q',
        type: 'search',
        maxlength: '400',
        autocomplete: 'off',
        enterkeyhint: 'search',
      },
      ...{ role: 'combobox', 'aria-controls': 'list', 'aria-autocomplete': 'list', 'aria-expanded': 'false' },
    })
    add(form, 'button').textContent = words.search
    const list = add(form, 'div', { id: 'list', role: 'listbox', 'aria-label': label || words.label })
    const status = add(form, 'p', { role: 'status' })
    let asking = new AbortController()
    let chosen = -1
    let failures = 0
    list.hidden = true

    const resultsOf = (q: string) => new URL(`search?q=${encodeURIComponent(q)}`, home).href

    function choose(at: number): void {
      chosen = at
      for (const [each, option] of [...list.children].entries())
        option.setAttribute('aria-selected', String(each === at))
      const id = list.children[at]?.id
      if (id === undefined) input.removeAttribute('aria-activedescendant')
      else input.setAttribute('aria-activedescendant', id)
    }

    function open(isOpen: boolean): void {
      list.hidden = !isOpen
      input.setAttribute('aria-expanded', String(isOpen))
      choose(-1)
    }

    function show(items: readonly Suggested[]): void {
      list.replaceChildren()
      for (const { text, title, path } of items) {
        const name = text ?? title ?? ''
        const to = new URL(path ?? resultsOf(name), home)
        // Nothing but pages of the help centre.
        if (name === '' || to.origin !== home.origin) continue
        const id = `o${list.childElementCount}`
        add(list, 'a', { id, role: 'option', tabindex: '-1', href: to.href }).textContent = name
      }
      const count = list.childElementCount
      open(count > 0)
      status.textContent = input.value.trim() === '' ? '' : count > 0 ? words.some + count : words.none
    }

    async function suggest(): Promise<void> {
      asking.abort()
      asking = new AbortController()
      const { signal } = asking
      // Where the page's policy or the network forbids it, nothing is asked again and again.
      if (failures > 2) return
      if (input.value.trim() === '') return show([])
      try {
        const address = new URL(`suggestions?q=${encodeURIComponent(input.value)}`, home)
        const answer = await fetch(address, { signal, credentials: 'omit' })
        const { items } = await answer.json()
        failures = 0
        if (!signal.aborted) show(items)
      } catch {
        if (signal.aborted) return
        failures += 1
        open(false)
      }
    }

    input.addEventListener('input', (event) => {
      if (!(event as InputEvent).isComposing) void suggest()
    })
    input.addEventListener('compositionend', () => void suggest())
    input.addEventListener('keydown', (event) => {
      if (event.isComposing || list.hidden) return
      const { length } = list.children
      if (event.key === 'ArrowDown') choose(chosen + 1 >= length ? -1 : chosen + 1)
      else if (event.key === 'ArrowUp') choose(chosen < 0 ? length - 1 : chosen - 1)
      else if (event.key === 'Escape') open(false)
      else if (event.key === 'Enter' && chosen >= 0) (list.children[chosen] as HTMLElement).click()
      else return
      event.preventDefault()
    })
    // A policy of the page may let no form leave; a reader may.
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      location.assign(resultsOf(input.value))
    })
    host.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget !== null && !host.contains(relatedTarget as Node)) open(false)
    })
    document.addEventListener('click', (event) => {
      if (!event.composedPath().includes(host)) open(false)
    })
    script.after(host)
  }

  const script = document.currentScript
  if (script instanceof HTMLScriptElement) place(script)
}
