import { del, get, set } from 'idb-keyval'
import { useEffect, useState } from 'preact/hooks'

/** What a person typed and has not sent yet: kept in this browser until it is sent. */
export function useDraft<T extends object>(key: string, empty: T): [T, (draft: T) => void, () => void] {
  const [draft, setDraft] = useState(empty)
  useEffect(() => {
    get<T>(key).then(
      (kept) => {
        if (kept !== undefined) setDraft(kept)
      },
      // A browser may keep nothing, as in a private window: what is typed is then on the page alone.
      () => {},
    )
  }, [key])
  return [
    draft,
    (changed) => {
      setDraft(changed)
      set(key, changed).catch(() => {})
    },
    () => void del(key).catch(() => {}),
  ]
}
