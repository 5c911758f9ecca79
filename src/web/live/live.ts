import { signal } from '@preact/signals'
import { call, queryString } from '../api/client.ts'
import { refresh } from '../api/resource.ts'

/** An event of the stream. */
export interface LiveEvent {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What is asked again when an event tells of a change, by paths of the API. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  'model.activated': ['/models', '/facets', '/review', '/threads', '/system'],
  'model.trained': ['/models', '/facets'],
  'model.refused': ['/models', '/facets', '/alerts', '/insight'],
  'import.progress': ['/imports', '/sources'],
  'queue.changed': ['/review/counts'],
  'conflict.opened': ['/conflicts', '/review/conflicts'],
  'article.changed': ['/articles', '/candidates', '/translations'],
  'article.draft-changed': ['/articles', '/translations'],
  'article.flagged': ['/articles'],
  'alert.raised': ['/alerts', '/insight'],
  'inbox.changed': ['/inbox'],
}

/** The latest event: what a page shows beside the figures that are asked again. */
export const latestEvent = signal<LiveEvent | undefined>(undefined)

/** Whether changes come by themselves at present. */
export const isLive = signal(false)

/** After the server refused the stream, which browsers take for its end. */
const AGAIN_MS = 3_000

/** Listens to the server's events until the function it returns is called. */
export function listenToEvents(): () => void {
  /** The id of the last event; absent until the first stream has begun. */
  let last: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let source = connect()

  function connect(): EventSource {
    const opened = new EventSource(`/api/events${queryString({ after: last })}`)
    opened.onopen = () => {
      isLive.value = true
    }
    opened.onerror = () => {
      isLive.value = false
      if (opened.readyState !== EventSource.CLOSED) return
      // A stream does not tell why it was refused; a call that is refused too shows that the session has ended.
      void call('GET', '/me').catch(() => {})
      timer = setTimeout(() => {
        source = connect()
      }, AGAIN_MS)
    }
    opened.addEventListener('ready', (event: MessageEvent<string>) => {
      const isAgain = last !== undefined
      last = event.lastEventId
      // Whatever is shown may have changed meanwhile.
      if (isAgain && !JSON.parse(event.data).resumed) refresh('/')
    })
    for (const [type, paths] of Object.entries(CHANGES))
      opened.addEventListener(type, (event: MessageEvent<string>) => {
        last = event.lastEventId
        refresh(...paths)
        latestEvent.value = { type, data: JSON.parse(event.data) }
      })
    return opened
  }

  return () => {
    clearTimeout(timer)
    source.close()
    isLive.value = false
  }
}
