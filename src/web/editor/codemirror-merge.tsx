import { MergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'preact/hooks'
import { markdownEditing, shownText } from './codemirror-setup.ts'
import type { MergeProps } from './markdown-editor.tsx'
import { shadowOf } from './shadow.ts'

export default function CodeMirrorMerge(props: MergeProps) {
  const host = useRef<HTMLDivElement>(null)
  const input = useRef(props.onInput)
  input.current = props.onInput

  // Both texts are where the merge begins; what is typed goes out
  useEffect(() => {
    if (host.current === null) return
    const root = shadowOf(host.current)
    const view = new MergeView({
      a: {
        doc: props.theirs,
        extensions: [
          shownText(props.theirLabel, props.language),
          EditorState.readOnly.of(true),
          // Not typed in, but reached by Tab: it is scrolled and copied from.
          EditorView.contentAttributes.of({ 'aria-readonly': 'true' }),
        ],
      },
      b: {
        doc: props.ours,
        extensions: [
          markdownEditing(props.ourLabel, props.language),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) input.current(state.doc.toString())
          }),
        ],
      },
      root,
      parent: root,
      revertControls: 'a-to-b',
      renderRevertControl: () => takeButton(props.takeLabel),
      gutter: false,
    })
    return () => view.destroy()
  }, [])

  return <div ref={host} class="editor" />
}

function takeButton(label: string): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = '→'
  button.title = label
  button.setAttribute('aria-label', label)
  return button
}
