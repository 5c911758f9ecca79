import { goToNextChunk, goToPreviousChunk, unifiedMergeView } from '@codemirror/merge'
import { Annotation, Compartment, type Extension, type StateCommand } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { markdownEditing } from './codemirror-setup.ts'
import { differenceOf } from './difference.ts'
import type { EditorProps } from './markdown-editor.tsx'
import { shadowOf } from './shadow.ts'

/** Marks what the page put into the text: nobody typed it. */
const fromPage = Annotation.define<boolean>()

export default function CodeMirrorEditor({
  label,
  language,
  value,
  changesFrom,
  handle,
  onInput,
}: EditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>()
  const input = useRef(onInput)
  input.current = onInput
  const typed = useRef<string>()
  const changes = useRef(new Compartment())

  // The view lives as long as the element; later values come below
  useEffect(() => {
    if (host.current === null) return
    const root = shadowOf(host.current)
    const made = new EditorView({
      doc: value,
      root,
      parent: root,
      extensions: [
        markdownEditing(label, language),
        changes.current.of(changesSince(changesFrom)),
        EditorView.updateListener.of(({ docChanged, state, transactions }) => {
          if (!docChanged || transactions.some((each) => each.annotation(fromPage))) return
          typed.current = state.doc.toString()
          input.current(typed.current)
        }),
      ],
    })
    view.current = made
    if (handle !== undefined)
      handle.current = {
        focus: () => made.focus(),
        hasSelection: () => made.hasFocus && !made.state.selection.main.empty,
        takeSelection() {
          const { from, to } = made.state.selection.main
          const taken = made.state.sliceDoc(from, to)
          made.dispatch({ changes: { from, to }, userEvent: 'delete.cut' })
          return taken
        },
        goToChange: (direction) => goToChange(made, direction === 'next' ? goToNextChunk : goToPreviousChunk),
      }
    return () => made.destroy()
  }, [])

  // In the frame of the change, before another key can come between.
  useLayoutEffect(() => {
    if (value === typed.current) return
    typed.current = undefined
    const now = view.current?.state.doc.toString()
    if (now === undefined || now === value) return
    view.current?.dispatch({ changes: differenceOf(now, value), annotations: fromPage.of(true) })
  }, [value])

  useEffect(() => {
    view.current?.dispatch({ effects: changes.current.reconfigure(changesSince(changesFrom)) })
  }, [changesFrom])

  return <div ref={host} class="editor" />
}

function changesSince(original: string | undefined): Extension {
  return original === undefined
    ? []
    : unifiedMergeView({ original, mergeControls: false, gutter: true, allowInlineDiffs: true })
}

/** Moves to another change in that direction. @returns false where there is none */
function goToChange(view: EditorView, command: StateCommand): boolean {
  const before = view.hasFocus ? view.state.selection.main.head : undefined
  let moved = false
  command({
    state: view.state,
    dispatch(transaction) {
      const { head } = transaction.newSelection.main
      const isForwards = command === goToNextChunk
      // The commands go round from the last to the first: the page has more than this text to go through.
      if (before !== undefined && (isForwards ? head <= before : head >= before)) return
      view.dispatch(transaction)
      moved = true
    },
  })
  if (moved) view.focus()
  return moved
}
