import { signal } from '@preact/signals'
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
  'article.changed': ['/articles'],
  'alert.raised': ['/alerts', '/insight'],
}

/** The latest event: what a page shows beside the figures that are asked again. */
export const latestEvent = signal<LiveEvent | undefined>(undefined)

/** Whether changes come by themselves at present. */
export const isLive = signal(false)

/** Listens to the server's events until the function it returns is called; the browser connects again by itself. */
export function listenToEvents(): () => void {
  const source = new EventSource('/api/events')
  source.onopen = () => {
    isLive.value = true
  }
  source.onerror = () => {
    isLive.value = false
  }
  for (const [type, paths] of Object.entries(CHANGES))
    source.addEventListener(type, (event: MessageEvent<string>) => {
      refresh(...paths)
      latestEvent.value = { type, data: JSON.parse(event.data) }
    })
  return () => {
    source.close()
    isLive.value = false
  }
}
