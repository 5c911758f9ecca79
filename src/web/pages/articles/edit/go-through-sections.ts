import type { EditorHandle } from '../../../editor/markdown-editor.tsx'

type Handles = readonly { readonly current: EditorHandle | undefined }[]

/** Goes to the next change in an editor, or the next flag between the editors, of a form. */
export function goThroughSections(
  form: HTMLElement | null,
  editors: Handles,
  direction: 'next' | 'previous',
): void {
  if (form === null) return
  const places = [...form.querySelectorAll<HTMLElement>('.editor, [data-stop]')]
  if (direction === 'previous') places.reverse()
  const hosts = [...form.querySelectorAll<HTMLElement>('.editor')]
  const at = places.indexOf(document.activeElement as HTMLElement)
  // The editor with the focus may have further changes; a flag with the focus is left.
  const isInEditor = at >= 0 && hosts.includes(places[at] as HTMLElement)
  for (const place of places.slice(isInEditor ? at : at + 1)) {
    const editor = hosts.indexOf(place)
    if (editor < 0) {
      place.focus()
      place.scrollIntoView({ block: 'nearest' })
      return
    }
    if (editors[editor]?.current?.goToChange(direction)) return
  }
}
