import { signal } from '@preact/signals'
import { keepText, keptText } from '../../parts/kept-text.ts'

/** Notes that go with the answers to come, by facet and thread; kept in the browser while they are written. */
export const notes = signal<Readonly<Record<string, string>>>({})

const STORED = 'note '

export function noteOf(facet: string, threadId: string): string | undefined {
  return notes.value[nameOf(facet, threadId)]
}

export function writeNote(facet: string, threadId: string, text: string): void {
  const name = nameOf(facet, threadId)
  notes.value = { ...notes.value, [name]: text }
  keepText(STORED + name, text)
}

/** Shows what was written about a thread before the page was left. */
export function recallNote(facet: string, threadId: string): void {
  const name = nameOf(facet, threadId)
  if (notes.value[name] !== undefined) return
  const kept = keptText(STORED + name)
  if (kept !== undefined) notes.value = { ...notes.value, [name]: kept }
}

/** The note that goes with an answer; it is a part of the answer from then on. */
export function takeNote(facet: string, threadId: string): string | undefined {
  const text = noteOf(facet, threadId)?.trim()
  if (text === undefined || text === '') return undefined
  writeNote(facet, threadId, '')
  return text
}

/** Puts the note of an answer that was taken back where it is written, unless another was begun meanwhile. */
export function returnNote(facet: string, threadId: string, note: string | undefined): void {
  if (note !== undefined && !noteOf(facet, threadId)?.trim()) writeNote(facet, threadId, note)
}

function nameOf(facet: string, threadId: string): string {
  return `${facet} ${threadId}`
}
