import type { Audience } from '../../access/audience.ts'
import {
  type CalibrationEstimate,
  compareOverconfidence,
  estimateCalibration,
  overconfidence,
} from '../../learning/calibration/calibration-parity.ts'
import { holm } from '../../learning/statistics/holm.ts'
import { compareProportions, type Interval } from '../../learning/statistics/proportions.ts'
import { type Share, shareOf } from '../audit/share.ts'

/** A thread that a model was tested on. */
export interface ParityCase {
  readonly language: string
  readonly isRight: boolean
  /** Of its likeliest label, in [0, 1]. */
  readonly confidence: number
  readonly assigned: boolean
}

/** A case, and who may know of it. */
export interface JudgedCase extends ParityCase {
  readonly audience: Audience
}

/** On what threads: those drawn and labelled blind, or those learned from, predicted out of fold. */
export type ParityBasis = 'audit-slice' | 'held-out'

const PARITY_LANGUAGES = ['fr', 'en'] as const
type ParityLanguage = (typeof PARITY_LANGUAGES)[number]

const MEASURES = ['accuracy', 'calibration', 'coverage'] as const
export type Measure = (typeof MEASURES)[number]

export interface LanguageParity {
  readonly language: ParityLanguage
  readonly cases: number
  readonly accuracy: Share
  readonly coverage: Share
  /** Expected calibration error; absent without a case. */
  readonly calibration?: CalibrationEstimate
  /** Mean confidence less accuracy: above 0 the model is too sure of itself. */
  readonly overconfidence: number
}

/** French less English. */
export interface ParityDifference {
  readonly measure: Measure
  readonly difference: number
  /** 95 % confidence interval. */
  readonly interval: Interval
  /** Of such a difference by chance. */
  readonly p: number
  /** The same, for its being one of several (Holm 1979). */
  readonly adjusted: number
}

export interface Parity {
  /** French, then English. */
  readonly languages: readonly LanguageParity[]
  /** None with fewer than `ENOUGH_FOR_PARITY` cases in either language. */
  readonly differences: readonly ParityDifference[]
}

/** Fewest cases of each language; with fewer only gross differences could be told from chance. */
export const ENOUGH_FOR_PARITY = 30

/**
 * Puts French and English side by side: accuracy and coverage by the z test of two proportions with Newcombe's
 * interval, calibration by mean overconfidence.
 */
export function compareLanguages(cases: readonly ParityCase[]): Parity {
  const [fr, en] = PARITY_LANGUAGES.map((code) => cases.filter(({ language }) => language === code))
  return {
    languages: [languageParity('fr', fr!), languageParity('en', en!)],
    differences: hasEnough(cases) ? differences(fr!, en!) : [],
  }
}

/** Whether there are enough cases of each language to compare them. */
export function hasEnough(cases: readonly ParityCase[]): boolean {
  return PARITY_LANGUAGES.every(
    (code) => cases.filter(({ language }) => language === code).length >= ENOUGH_FOR_PARITY,
  )
}

function languageParity(language: ParityLanguage, cases: readonly ParityCase[]): LanguageParity {
  const said = confidencesOf(cases)
  return {
    language,
    cases: cases.length,
    accuracy: shareOf(cases, ({ isRight }) => isRight),
    coverage: shareOf(cases, ({ assigned }) => assigned),
    ...(cases.length > 0 && { calibration: estimateCalibration(said) }),
    overconfidence: overconfidence(said),
  }
}

function differences(fr: readonly ParityCase[], en: readonly ParityCase[]): ParityDifference[] {
  const [ofFrench, ofEnglish] = [fr, en].map((cases) => ({
    accuracy: shareOf(cases, ({ isRight }) => isRight),
    coverage: shareOf(cases, ({ assigned }) => assigned),
  }))
  const compared = {
    accuracy: compareProportions(ofFrench!.accuracy, ofEnglish!.accuracy),
    calibration: compareOverconfidence(confidencesOf(fr), confidencesOf(en)),
    coverage: compareProportions(ofFrench!.coverage, ofEnglish!.coverage),
  }
  const adjusted = holm(MEASURES.map((measure) => compared[measure].p))
  return MEASURES.map((measure, at) => ({ measure, ...compared[measure], adjusted: adjusted[at]! }))
}

function confidencesOf(cases: readonly ParityCase[]) {
  return {
    confidences: Float64Array.from(cases, ({ confidence }) => confidence),
    correct: Uint8Array.from(cases, ({ isRight }) => (isRight ? 1 : 0)),
  }
}
