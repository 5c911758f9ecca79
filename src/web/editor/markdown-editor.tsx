import { lazy } from '../shell/lazy.tsx'

export interface EditorHandle {
  focus(): void
  hasSelection(): boolean
  /** Cuts what is selected out of the text. @returns it */
  takeSelection(): string
  /** @returns false where there is no further change in that direction */
  goToChange(direction: 'next' | 'previous'): boolean
}

export interface EditorProps {
  readonly label: string
  /** Of the text: ISO 639, `und` where unknown. */
  readonly language: string
  /** What is put in when it differs from the text. */
  readonly value: string
  /** Marks what differs from this text. */
  readonly changesFrom?: string
  readonly handle?: { current: EditorHandle | undefined }
  /** Hears of what a person typed, with the whole text. */
  onInput(value: string): void
}

/** Edits Markdown. CodeMirror comes in a script of its own. */
export const MarkdownEditor = lazy<EditorProps>(() => import('./codemirror-editor.tsx'))

export interface MergeProps {
  readonly language: string
  /** What somebody else wrote; read only. */
  readonly theirs: string
  readonly theirLabel: string
  /** What is edited at first; from `theirs`, passages can be taken over. */
  readonly ours: string
  readonly ourLabel: string
  /** For the button that takes a passage over. */
  readonly takeLabel: string
  onInput(value: string): void
}

/** Two texts side by side, one of them to edit. */
export const MergeEditor = lazy<MergeProps>(() => import('./codemirror-merge.tsx'))
