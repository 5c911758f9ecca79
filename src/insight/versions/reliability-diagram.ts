import { expectedCalibrationError } from '../../learning/calibration/calibration-error.ts'
import { reliabilityBins } from '../../learning/calibration/reliability.ts'
import { wilsonInterval } from '../../learning/statistics/proportions.ts'
import { english, french, type Sentences } from '../../text/wording.ts'
import { type Share, shareOf } from '../share.ts'
import type { VersionFigureDeps } from './deps.ts'
import { type Basis, isRight, readVersion, type VersionQuestion } from './read-version.ts'

/** Predictions whose confidence is in one stretch. */
interface DiagramBin {
  readonly from: number
  readonly to: number
  readonly n: number
  /** Absent where there are none. */
  readonly meanConfidence?: number | undefined
  readonly right: Share
}

export interface ReliabilityDiagram {
  readonly facet: string
  readonly version: number
  readonly basis: Basis
  readonly bins: readonly DiagramBin[]
  /** Expected calibration error, over 15 bins of equal mass; absent without predictions. */
  readonly calibrationError?: number | undefined
  /** Absent without predictions. */
  readonly meanConfidence?: number | undefined
  readonly right: Share
  readonly summary: Sentences
}

/**
 * How often the likeliest label of held-out predictions is right, by its confidence.
 *
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND
 */
export async function reliabilityDiagram(
  deps: VersionFigureDeps,
  { bins, ...asked }: VersionQuestion & { readonly bins: number },
): Promise<ReliabilityDiagram> {
  const { facet, version, basis, predictions } = await readVersion(deps, asked)
  const cases = {
    confidences: Float64Array.from(predictions, ({ confidence }) => confidence),
    correct: Uint8Array.from(predictions, (each) => (isRight(each) ? 1 : 0)),
  }
  const right = shareOf(predictions, isRight)
  const meanConfidence =
    predictions.length > 0
      ? cases.confidences.reduce((sum, confidence) => sum + confidence, 0) / predictions.length
      : undefined
  const calibrationError =
    predictions.length > 0 ? expectedCalibrationError(cases.confidences, cases.correct) : undefined
  return {
    facet: facet.name,
    version: version.number,
    basis,
    bins: reliabilityBins(cases, bins).map((bin) => ({
      from: bin.from,
      to: bin.to,
      n: bin.rows,
      meanConfidence: bin.meanConfidence,
      right: share(bin.right, bin.rows),
    })),
    calibrationError,
    meanConfidence,
    right,
    summary: summaryOf({ right, meanConfidence, calibrationError }),
  }
}

function share(count: number, of: number): Share {
  const value = of > 0 ? count / of : undefined
  return { count, of, share: value, interval: wilsonInterval(value ?? 0, of) }
}

function summaryOf({
  right,
  meanConfidence,
  calibrationError,
}: Pick<ReliabilityDiagram, 'right' | 'meanConfidence' | 'calibrationError'>): Sentences {
  if (right.share === undefined || meanConfidence === undefined || calibrationError === undefined)
    return {
      en: 'There are no held-out predictions to show.',
      fr: 'Il n’y a aucune prédiction hors apprentissage à montrer.',
    }
  return {
    en: `The model is ${english.percent(meanConfidence)} confident on average and right in ${english.percent(right.share)} of ${english.count(right.of)} held-out predictions; where it states a confidence, it is off by ${english.points(calibrationError)} on average.`,
    fr: `Le modèle est confiant à ${french.percent(meanConfidence)} en moyenne, et ${french.percent(right.share)} de ${french.count(right.of)} prédictions hors apprentissage sont justes\u202f; sa confiance s’écarte de la réalité de ${french.points(calibrationError)} en moyenne.`,
  }
}
