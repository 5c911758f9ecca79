import { observeWindowOffset, observeWindowRect, Virtualizer, windowScroll } from '@tanstack/virtual-core'
import type { RefObject } from 'preact'
import { useLayoutEffect, useReducer, useState } from 'preact/hooks'

export interface RowWindow {
  /** Of the rows that are drawn. */
  readonly first: number
  /** Of the row after them. */
  readonly end: number
  /** Heights that stand for the rows that are not drawn, in pixels. */
  readonly above: number
  readonly below: number
  scrollTo(index: number): void
}

/** Rows drawn beyond what is seen. */
const SPARE = 12

/** Which of many rows, all of one height, are seen while the page scrolls. @param body holds the rows, `[data-row]` */
export function useWindow(count: number, body: RefObject<HTMLElement>): RowWindow {
  const [, redraw] = useReducer<number, undefined>((times) => times + 1, 0)
  const [{ height, top, head }, measure] = useState({ height: 37, top: 0, head: 0 })
  const [rows] = useState(
    () =>
      new Virtualizer<Window, Element>({
        count: 0,
        getScrollElement: () => null,
        estimateSize: () => 0,
        scrollToFn: windowScroll,
        observeElementRect: observeWindowRect,
        observeElementOffset: observeWindowOffset,
      }),
  )
  rows.setOptions({
    count,
    getScrollElement: () => window,
    estimateSize: () => height,
    scrollToFn: windowScroll,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    initialOffset: () => window.scrollY,
    overscan: SPARE,
    scrollMargin: top,
    scrollPaddingStart: head,
    scrollPaddingEnd: height,
    onChange: () => redraw(undefined),
  })
  useLayoutEffect(() => rows._didMount(), [rows])
  useLayoutEffect(() => rows._willUpdate())
  useLayoutEffect(() => {
    const row = body.current?.querySelector('[data-row]')
    if (!body.current || !row) return
    const now = {
      height: row.getBoundingClientRect().height,
      top: Math.round(body.current.getBoundingClientRect().top + window.scrollY),
      head: body.current.parentElement?.querySelector('thead')?.getBoundingClientRect().height ?? 0,
    }
    if (now.height !== height || now.top !== top || now.head !== head) measure(now)
  })
  useLayoutEffect(() => rows.measure(), [rows, height])
  const drawn = rows.getVirtualItems()
  const first = drawn[0]?.index ?? 0
  const end = (drawn.at(-1)?.index ?? -1) + 1
  return {
    first,
    end,
    above: first * height,
    below: Math.max(0, count - end) * height,
    scrollTo: (index) => rows.scrollToIndex(index, { align: 'auto' }),
  }
}
