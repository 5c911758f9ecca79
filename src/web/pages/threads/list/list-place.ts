import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { keepText, keptText } from '../../../parts/kept-text.ts'

const KEPT = 'threads place'

interface Place {
  readonly search: string
  readonly scroll: number
  readonly id?: string
}

/** Keeps where the list was left, and goes back there when the same list is shown again. */
export function useListPlace(
  search: string,
  id: string | undefined,
  isThere: boolean,
  onBack: (id: string) => void,
): void {
  const now = useRef({ search, id })
  now.current = { search, id }
  const isBack = useRef(false)
  useLayoutEffect(() => {
    if (!isThere || isBack.current) return
    isBack.current = true
    const place = kept()
    if (place?.search !== search) return
    window.scrollTo(0, place.scroll)
    if (place.id !== undefined) onBack(place.id)
  }, [isThere])
  useEffect(() => {
    let scroll = window.scrollY
    const note = () => {
      scroll = window.scrollY
    }
    window.addEventListener('scroll', note, { passive: true })
    return () => {
      window.removeEventListener('scroll', note)
      keepText(KEPT, JSON.stringify({ ...now.current, scroll } satisfies Place), 'tab')
    }
  }, [])
}

function kept(): Place | undefined {
  const text = keptText(KEPT, 'tab')
  return text === undefined ? undefined : JSON.parse(text)
}
