import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

const BEFORE_MEASURED = 640

/** The width of an element, as it changes. */
export function useWidth(element: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(BEFORE_MEASURED)
  useLayoutEffect(() => {
    const found = element.current
    if (found === null) return
    setWidth(found.clientWidth)
    const observer = new ResizeObserver(() => setWidth(found.clientWidth))
    observer.observe(found)
    return () => observer.disconnect()
  }, [element])
  return width
}
