import type { LearningCurve } from '../curves/learning-curve.ts'
import type { Beliefs } from '../queries/beliefs.ts'

/** What is known of a labelling so far; a criterion that lacks what it judges by does not stop. */
export interface LabellingSoFar {
  /** Labels given. */
  readonly labels: number
  readonly curve?: LearningCurve
  /**
   * The likeliest class of each text of a stop set (texts that nobody labels, the same each time) by the model of each
   * batch, the latest last.
   */
  readonly stopSet?: readonly (readonly number[] | Int32Array)[]
  /** What the latest model thinks of the texts not labelled yet. */
  readonly beliefs?: Beliefs
}

/** When to stop asking. A function of its argument. */
export interface StoppingCriterion {
  shouldStop(soFar: LabellingSoFar): boolean
}
