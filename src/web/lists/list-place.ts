import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { keepText, keptText } from '../parts/kept-text.ts'

interface Place {
  readonly search: string
  readonly scroll: number
  readonly id?: string
}

/**
 * Keeps where a list was left, and goes back there when the same list is shown again.
 *
 * @param name of the list
 */
export function useListPlace(
  name: string,
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
    const place = keptPlace(name)
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
      keepText(`${name} place`, JSON.stringify({ ...now.current, scroll } satisfies Place), 'tab')
    }
  }, [])
}

function keptPlace(name: string): Place | undefined {
  const text = keptText(`${name} place`, 'tab')
  return text === undefined ? undefined : JSON.parse(text)
}
