import { history, historyKeymap, standardKeymap } from '@codemirror/commands'
import { markdownKeymap, markdownLanguage } from '@codemirror/lang-markdown'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/**
 * An editor of Markdown. `markdownLanguage` without `markdown()`, which brings HTML, CSS and JavaScript; the standard
 * keys without those that move lines, because `Alt+↓ ↑` go from change to change.
 */
export function markdownEditing(label: string, language: string): Extension {
  return [
    history(),
    drawSelection(),
    markdownLanguage,
    syntaxHighlighting(highlighting),
    keymap.of([...markdownKeymap, ...standardKeymap, ...historyKeymap]),
    EditorView.contentAttributes.of({ spellcheck: 'true', autocorrect: 'on', autocapitalize: 'sentences' }),
    shownText(label, language),
  ]
}

/** What an editor and a text beside it have in common. */
export function shownText(label: string, language: string): Extension {
  return [
    look,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': label,
      ...(language === 'und' ? undefined : { lang: language }),
    }),
  ]
}

const highlighting = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.monospace, tags.url, tags.processingInstruction, tags.labelName], color: 'var(--ink-2)' },
  { tag: tags.quote, color: 'var(--ink-2)' },
])

const look = EditorView.theme({
  '&': { color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'inherit', lineHeight: 'inherit', overflowX: 'auto' },
  '.cm-content': { padding: 'var(--space-2) 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 var(--space-3)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--accent-ground)',
  },
  // Changes: underlined and struck through, for colour alone says nothing to some.
  '.cm-changedLine, .cm-inlineChangedLine, .cm-insertedLine, .cm-deletedChunk, &.cm-merge-a .cm-changedLine, &.cm-merge-b .cm-changedLine':
    { background: 'none' },
  '&.cm-merge-a .cm-changedText': { background: 'var(--accent-ground)', textDecoration: 'underline' },
  '.cm-deletedText, .cm-deletedChunk .cm-deletedText, &.cm-merge-b .cm-deletedText': {
    background: 'var(--bad-ground)',
    textDecoration: 'line-through',
  },
  '.cm-deletedChunk': { padding: '0 var(--space-3)', color: 'var(--ink-2)' },
  '&.cm-merge-b .cm-changedText, .cm-insertedLine .cm-changedText, .cm-changedText': {
    background: 'var(--mark)',
    textDecoration: 'underline',
  },
  '.cm-gutters': { background: 'none', border: 'none' },
  '.cm-changeGutter': { width: 'var(--space-1)' },
  '.cm-changedLineGutter, .cm-inlineChangedLineGutter, &.cm-merge-b .cm-changedLineGutter': {
    background: 'var(--accent)',
  },
  '.cm-deletedLineGutter, &.cm-merge-b .cm-deletedLineGutter': { background: 'var(--bad)' },
})
