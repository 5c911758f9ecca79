import type { HeldOutSummary } from '../../learning/artefact/model.ts'
import type { LabelCost } from '../../learning/risk/costs.ts'
import type { Sentences } from '../../text/wording.ts'
import type { GateEvidence } from '../gate/gate-evidence.ts'

/** `candidate` is a version the gate let through, within the transaction that makes it active. */
export type VersionStatus = 'candidate' | 'active' | 'retired' | 'rejected'

/** One trained model of a facet. */
export interface ModelVersion {
  readonly id: string
  readonly facetId: string
  /** 1, 2, 3 … within the facet. */
  readonly number: number
  readonly status: VersionStatus
  /** The version that was active when this one was trained. */
  readonly parentId?: string
  readonly artefactHash: string
  readonly report: TrainingReport
  /** Why the gate let it through or did not, as an English sentence; in both languages in the report. */
  readonly reason: string
  /** Number of agents' annotations of the facet when its training began. */
  readonly annotationsSeen: number
  readonly createdAt: string
  readonly activatedAt?: string
  readonly retiredAt?: string
}

/** Figures of a classifier on threads that it was not trained on; shares in [0, 1]. */
export interface EvaluationFigures {
  readonly right: number
  readonly accuracy: number
  readonly macroF1: number
  /** Share of threads assigned a label. */
  readonly coverage: number
  /** Share of wrong labels among those. */
  readonly wrongAmongAssigned: number
  /** Expected calibration error. */
  readonly calibrationError: number
}

export interface VersionEvaluation {
  /**
   * The threads of the evaluation: the audit slice or, where that is too small, its examples by their held-out
   * predictions.
   */
  readonly basis: 'audit-slice' | 'held-out'
  readonly threads: number
  /** Equal for equal texts and labels: figures may be compared when it is the same. */
  readonly fingerprint: string
  readonly candidate: EvaluationFigures
  /** Compared with the version that was active then; absent when there was none, or nothing to compare. */
  readonly compared?: ComparedFigures
  /** How often the commonest label is right. */
  readonly majority: { readonly label: string; readonly right: number; readonly accuracy: number }
}

/** Two versions on the same threads, which neither had seen. */
export interface ComparedFigures {
  /** Number of the version that was active. */
  readonly version: number
  readonly threads: number
  readonly candidate: EvaluationFigures
  readonly active: EvaluationFigures
}

export interface TrainingReport {
  readonly seed: number
  readonly riskBudget: number
  readonly labels: number
  /** Threads learned from. */
  readonly trainedOn: number
  /** Threads without a label that were also learned from. */
  readonly unlabelled: number
  /** Texts of which the teacher saw an encoding by the optional encoder. */
  readonly encoded?: number
  /** Why the encoder, which is installed, encoded nothing: the version was trained without it. */
  readonly encoderFault?: string
  /** How many of all labelled threads have their label from an agent. */
  readonly labelledByAgents: number
  readonly temperature: number
  /** Least confidence at which a label is assigned. */
  readonly threshold: number
  /** Costs that the version decides by; absent where all mistakes cost the same. */
  readonly costs?: readonly LabelCost[] | undefined
  readonly heldOutSummary: HeldOutSummary
  readonly evaluation: VersionEvaluation
  /** What the gate decided on. */
  readonly gate: GateEvidence
  /** What it decided, and why; absent from versions that release 0.1 trained. */
  readonly reason?: Sentences
  /** When the labels began to be read. */
  readonly labelsReadAt: string
  readonly artefactBytes: number
  /** Time of the whole training with calibration. */
  readonly fitSeconds: number
}
