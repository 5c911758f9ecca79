/** A text and its label. */
export interface Example {
  readonly text: string
  readonly label: string
}

/** The text of a thread without a label. */
export interface UnlabelledText {
  readonly use: 'unlabelled'
  readonly text: string
}

/** A labelled text, its use, and what the active version can know of it. */
export interface TrainingExample extends Example {
  /** Of the thread, or of the starter example. */
  readonly id: string
  /** ISO 639-1, or `und`. */
  readonly language: string
  /** To train on; or, for a thread of the audit slice that was labelled blind, to evaluate on. */
  readonly use: 'learned' | 'audit'
  /** Whether its label was given since the active version read its examples. */
  readonly relabelled?: boolean
  /** Whether the active version was certainly not trained on it. */
  readonly unseen?: boolean
}
