import { useMemo, useState } from 'preact/hooks'
import { keepText, keptText } from './kept-text.ts'

/** What a form holds, how it changes, and how it is forgotten once it was sent. */
export type Draft<T> = readonly [draft: T, change: (changes: Partial<T>) => void, forget: () => void]

/** What a person typed and has not sent yet: kept in this browser until it is. @param name of its own for each form */
export function useDraft<T extends object>(name: string, empty: T): Draft<T> {
  const kept = useMemo(() => ({ name, draft: recall(name, empty) }), [name])
  const [changed, setChanged] = useState(kept)
  const { draft } = changed.name === name ? changed : kept
  return [
    draft,
    (changes) => {
      const next = { ...draft, ...changes }
      setChanged({ name, draft: next })
      keepText(name, JSON.stringify(next))
    },
    () => {
      setChanged({ name, draft: empty })
      keepText(name, '')
    },
  ]
}

function recall<T extends object>(name: string, empty: T): T {
  try {
    return { ...empty, ...JSON.parse(keptText(name) ?? '{}') }
  } catch {
    // What cannot be read was not written by this version of the form.
    return empty
  }
}
