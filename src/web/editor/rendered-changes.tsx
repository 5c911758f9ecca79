import { useLayoutEffect, useRef } from 'preact/hooks'
import { trustedFragment } from '../parts/trusted-html.tsx'
import { wordDifference } from './word-difference.ts'

interface RenderedChangesProps {
  /** HTML that the server rendered and made safe, as that of `RenderedHtml`. */
  readonly before: string
  readonly after: string
  readonly language: string
}

/**
 * A text as readers see it, with the words that were removed from it and added to it. Each change can have the focus.
 * Pictures and the targets of links are no words.
 */
export function RenderedChanges({ before, after, language }: RenderedChangesProps) {
  const shown = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const page = trustedFragment(after)
    markChanges(page, readText(trustedFragment(before)).text, language)
    shown.current?.replaceChildren(page)
  }, [before, after, language])
  return (
    <div
      class="word-changes word-changes-rendered prose"
      ref={shown}
      lang={language === 'und' ? undefined : language}
    />
  )
}

/** A text node and where it begins in the whole text. */
interface Place {
  readonly node: Text
  readonly from: number
}

const BLOCKS = 'address,blockquote,br,dd,div,dt,figure,h1,h2,h3,h4,h5,h6,hr,li,ol,p,pre,table,td,th,tr,ul'

/** The words of a page and where they stand; a line ends between two blocks. */
function readText(page: DocumentFragment): { readonly text: string; readonly places: readonly Place[] } {
  const places: Place[] = []
  let text = ''
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text) {
      // What the source breaks between two blocks is not shown.
      if (node.data.trim() === '' && text.endsWith('\n')) continue
      places.push({ node, from: text.length })
      text += node.data
    } else if ((node as Element).matches(BLOCKS) && text !== '' && !text.endsWith('\n')) text += '\n'
  }
  return { text, places }
}

function markChanges(page: DocumentFragment, before: string, language: string): void {
  const { text, places } = readText(page)
  const marks: { readonly from: number; readonly to: number; readonly removed?: string }[] = []
  let at = 0
  for (const { kind, text: run } of wordDifference(before, text, language)) {
    if (kind === 'removed') marks.push({ from: at, to: at, removed: run })
    else {
      if (kind === 'added') marks.push({ from: at, to: at + run.length })
      at += run.length
    }
  }
  // From the end, so that what is split lies behind what is still to be marked.
  for (const { from, to, removed } of marks.reverse())
    if (removed !== undefined) insertRemoved(page, places, from, removed)
    else for (const place of places.toReversed()) wrapAdded(place, from, to)
}

function insertRemoved(page: DocumentFragment, places: readonly Place[], at: number, words: string): void {
  const removed = stop('del', words)
  const place = places.findLast(({ from }) => from <= at)
  if (place === undefined) page.prepend(removed)
  else if (at - place.from < place.node.length) place.node.splitText(at - place.from).before(removed)
  else place.node.after(removed)
}

function wrapAdded({ node, from }: Place, addedFrom: number, addedTo: number): void {
  const start = Math.max(0, addedFrom - from)
  const end = Math.min(node.length, addedTo - from)
  if (start >= end || node.data.slice(start, end).trim() === '') return
  const words = node.splitText(start)
  words.splitText(end - start)
  words.replaceWith(stop('ins', words.data))
}

function stop(tag: 'ins' | 'del', words: string): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = words
  element.dataset.stop = 'true'
  element.tabIndex = -1
  return element
}
