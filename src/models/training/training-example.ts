import type { Example } from '../gate/judge-hold-out.ts'

/** The text of a thread that nobody labelled. */
export interface UnlabelledText {
  readonly use: 'unlabelled'
  readonly text: string
}

/** A labelled text, what it is for, and what the active version can know of it. */
export interface TrainingExample extends Example {
  /** Of the thread, or the starter example. */
  readonly id: string
  /** ISO 639-1, or `und`. */
  readonly language: string
  /** To learn from, or of the audit slice and labelled blind: to judge on. */
  readonly use: 'learned' | 'audit'
  /** Whether its label was given since the active version read its examples. */
  readonly relabelled?: boolean
  /** Whether the active version surely has not learned from it. */
  readonly unseen?: boolean
}
