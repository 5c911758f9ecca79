import type { ReadonlySignal } from '@preact/signals'
import type { Answer, Problem } from '../../../api/client.ts'
import type { Get } from '../../../api/types.ts'
import type { Article, Content } from '../article.ts'

export type ServerDraft = Get<'/api/articles/{id}/draft'>

/** A text that somebody else wrote meanwhile, beside ours. */
export interface Conflict {
  readonly theirs: Content
  readonly by: string
  readonly at: string
  /** What both began from, where it is known. */
  readonly base: Content | undefined
  readonly kind: 'draft' | 'article'
  /** What our text goes on from once it is merged with theirs. */
  readonly next: { readonly version: string; readonly basedOn: number }
}

export interface DraftState {
  readonly content: Content
  /** What the server has, as it answered. */
  readonly saved: Content
  /** When it saved that; absent where there is no draft. */
  readonly savedAt: string | undefined
  readonly isSaving: boolean
  /** Since when the server lacks something: milliseconds since the epoch. */
  readonly unsavedSince: number | undefined
  readonly problem: Problem | undefined
  readonly conflict: Conflict | undefined
  /** The text comes from a window that was closed before it was saved. */
  readonly isRestored: boolean
  /** Whether this browser keeps what the server lacks. */
  readonly isKept: boolean
}

export interface DraftSession {
  readonly state: ReadonlySignal<DraftState>
  edit(change: Partial<Content>): void
  /** @returns whether the server has the whole text */
  save(): Promise<boolean>
  /**
   * Makes the draft the next revision; what is typed then begins a new draft.
   *
   * @param isSignificant whether translations are out of date where it changes passages
   * @returns `conflict` where there is one, which the state holds; `no-draft` where there was nothing to apply
   */
  apply(isSignificant: boolean): Promise<Article | 'conflict' | 'no-draft'>
  /** Ends a conflict with this text. */
  resolve(content: Content): void
  /** Goes back to the text of the article. */
  discard(): Promise<void>
  /** The server told of a draft: taken in where nothing of ours is unsaved. */
  hear(answer: Answer<ServerDraft>): void
  close(): void
}
