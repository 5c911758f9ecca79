/** Moves the focus to the next change or flag of the page. @returns false where there is none in that direction */
export function goToStop(direction: 'next' | 'previous'): boolean {
  const stops = [...document.querySelectorAll<HTMLElement>('[data-stop]')]
  const { activeElement } = document
  const isBefore = (stop: Element) =>
    activeElement !== null &&
    (activeElement.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 &&
    !stop.contains(activeElement)
  const isAfter = (stop: Element) =>
    activeElement === null ||
    activeElement === document.body ||
    ((activeElement.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
      activeElement !== stop)
  const stop = direction === 'next' ? stops.find(isAfter) : stops.reverse().find(isBefore)
  stop?.focus()
  stop?.scrollIntoView({ block: 'nearest' })
  return stop !== undefined
}
