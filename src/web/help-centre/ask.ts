interface Proposal {
  readonly topic?: string
  readonly items: readonly { readonly title: string; readonly language: string; readonly path: string }[]
}

/** Nothing is asked of the server while somebody types quickly. */
const PAUSE_MS = 400
/** Fewer characters say too little. */
const LEAST = 8

/**
 * Proposes a topic and what may answer while somebody writes a question. Without this the form does the same when it is
 * sent for the first time; once there was a proposal, it is sent at once.
 */
export function proposeWhileAsking(form: HTMLFormElement): void {
  const { proposal: address = '', send = '' } = form.dataset
  const topic = form.querySelector<HTMLSelectElement>('select')
  const beside = document.querySelector<HTMLElement>('.beside')
  const list = beside?.querySelector('ul')
  let asking = new AbortController()
  let timer: number | undefined
  let isChosen = topic !== null && topic.value !== ''

  topic?.addEventListener('change', () => {
    isChosen = true
  })

  async function ask(): Promise<void> {
    const typed = new FormData(form)
    const [title, body] = ['title', 'body'].map((name) => String(typed.get(name) ?? ''))
    if (`${title}${body}`.trim().length < LEAST) return
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    try {
      const answer = await fetch(address, {
        method: 'POST',
        body: new URLSearchParams({ title: title ?? '', body: body ?? '' }),
        signal,
      })
      if (!answer.ok) return
      const proposed = (await answer.json()) as Proposal
      if (!signal.aborted) show(proposed)
    } catch {
      // Another key came meanwhile, or the network went: the form works without.
    }
  }

  function show(proposed: Proposal): void {
    if (topic !== null && !isChosen) topic.value = proposed.topic ?? ''
    list?.replaceChildren(
      ...proposed.items.map(({ title, language, path }) => {
        const item = document.createElement('li')
        const link = document.createElement('a')
        link.href = path
        link.lang = language
        link.target = '_blank'
        link.rel = 'noopener'
        link.textContent = title
        item.append(link)
        return item
      }),
    )
    if (beside !== null) beside.hidden = proposed.items.length === 0
    const step = form.querySelector<HTMLInputElement>('[name=step]')
    const button = form.querySelector('button')
    if (step !== null) step.value = 'send'
    if (button !== null) button.textContent = send
  }

  form.addEventListener('input', ({ target }) => {
    if (target === topic) return
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), PAUSE_MS)
  })
}
