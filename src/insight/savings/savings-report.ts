import { type CurvePoint, curveIntervals } from '../../learning/curves/learning-curve.ts'
import {
  adviseOnGain,
  describeGain,
  type LabellingAdvice,
  type PredictedAccuracy,
  type PredictedGain,
  predictAccuracies,
  predictGain,
} from '../../learning/curves/predict-gain.ts'
import { type Interval, wilsonInterval } from '../../learning/statistics/proportions.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import type { Sentences } from '../../text/wording.ts'
import type { InsightDeps } from '../deps.ts'

export interface SavingsQuery {
  readonly facet: string
  /** Number of additional labels to predict the gain of. */
  readonly more: number
}

/** Accuracy by the number of labels, judged on the same threads. */
interface MeasuredCurve {
  /** Number of the version after whose activation it was measured. */
  readonly version: number
  readonly measuredAt: string
  /** Threads judged. */
  readonly judged: number
  /** Judged on the audit slice, rather than by cross-validation. */
  readonly heldOut: boolean
  readonly points: readonly (CurvePoint & { readonly interval: Interval })[]
}

/** Accuracy of a version when it was trained: of its held-out predictions, or on the audit slice. */
interface VersionPoint extends CurvePoint {
  readonly version: number
  readonly judged: number
  /** 95 % interval. */
  readonly interval: Interval
  readonly trainedAt: string
}

export interface SavingsReport {
  readonly facet: string
  /** Absent until a version with enough labels was activated. */
  readonly curve?: MeasuredCurve
  /** By the number of labels, of versions that were not fitted further from a parent. */
  readonly versions: readonly VersionPoint[]
  /** By the number of labels, of versions that were evaluated on the audit slice when they were trained. */
  readonly audit: readonly VersionPoint[]
  /** What more labels would give, by rising numbers; absent with `prediction`. */
  readonly forecast?: readonly PredictedAccuracy[]
  /** Predicted gain of more labels, in shares of accuracy, with a 90 % interval. */
  readonly prediction?: PredictedGain & { readonly advice: LabellingAdvice }
  readonly summary: Sentences
}

type SavingsDeps = Pick<InsightDeps, 'facets' | 'versions' | 'curves'>

/** Fewest points of a curve to extrapolate from. */
const ENOUGH_POINTS = 3
const PAGE = 100
/** How far the forecast goes: this many times the present labels, in so many steps. */
const FORECAST = { factor: 2, steps: 8 }

/**
 * The learning curve of a facet, and whether more labels are worth it. Like the reports of trainings it is about all
 * threads, and shows nothing of any one.
 *
 * @throws CodedError FACET_NOT_FOUND
 */
export async function savingsReport(deps: SavingsDeps, query: SavingsQuery): Promise<SavingsReport> {
  const facet = await deps.facets.require(query.facet)
  const stored = await deps.curves.latest(facet.id)
  const series = await versionSeries(deps, facet.id)
  if (stored === undefined) return { facet: facet.name, ...series, summary: NOT_MEASURED }
  const { curve, version, measuredAt, labels } = stored
  const intervals = curveIntervals(curve)
  const points = curve.points.map((point, at) => ({ ...point, interval: intervals[at]! }))
  const measured = { version, measuredAt, judged: curve.judged, heldOut: curve.heldOut, points }
  if (points.length < ENOUGH_POINTS)
    return { facet: facet.name, curve: measured, ...series, summary: NOT_MEASURED }
  const gain = predictGain(curve, labels, query.more)
  return {
    facet: facet.name,
    curve: measured,
    ...series,
    forecast: predictAccuracies(curve, forecastAt(labels, query.more)),
    prediction: { ...gain, advice: adviseOnGain(gain) },
    summary: { en: describeGain(gain, 'en'), fr: typeset(describeGain(gain, 'fr')) },
  }
}

/** Numbers of labels of the forecast: from the present ones up to as many again, or to those asked about. */
function forecastAt(labels: number, more: number): number[] {
  const last = Math.max(labels * FORECAST.factor, labels + more)
  const steps = Array.from({ length: FORECAST.steps + 1 }, (_, step) =>
    Math.round(labels * (last / labels) ** (step / FORECAST.steps)),
  )
  return [...new Set([...steps, labels + more])].sort((a, b) => a - b)
}

async function versionSeries(
  { versions }: SavingsDeps,
  facetId: string,
): Promise<Pick<SavingsReport, 'versions' | 'audit'>> {
  const all: ModelVersion[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await versions.list(facetId, { limit: PAGE, cursor })
    all.push(...page.items)
    if (page.next === undefined) break
    cursor = page.next
  }
  const byId = new Map(all.map((version) => [version.id, version]))
  return {
    versions: all
      .filter((version) => isWhole(version, byId.get(version.parentId ?? '')))
      .map((version) => {
        const { accuracy, n } = version.report.heldOutSummary
        return pointOf(version, accuracy, n)
      })
      .sort(byLabels),
    audit: all
      .flatMap((version) => {
        const { evaluation } = version.report
        if (evaluation?.basis !== 'audit-slice') return []
        return [pointOf(version, evaluation.candidate.accuracy, evaluation.threads)]
      })
      .sort(byLabels),
  }
}

function pointOf(
  { number, report, createdAt }: ModelVersion,
  accuracy: number,
  judged: number,
): VersionPoint {
  return {
    version: number,
    labels: report.trainedOn,
    accuracy,
    judged,
    interval: wilsonInterval(accuracy, judged),
    trainedAt: createdAt,
  }
}

function byLabels(a: VersionPoint, b: VersionPoint): number {
  return a.labels - b.labels || a.version - b.version
}

/** Whether a version was fitted from scratch; one fitted further has the held-out figures of its parent. */
function isWhole({ report }: ModelVersion, parent: ModelVersion | undefined): boolean {
  return (
    parent === undefined ||
    JSON.stringify(report.heldOutSummary) !== JSON.stringify(parent.report.heldOutSummary)
  )
}

const NOT_MEASURED: Sentences = {
  en: 'There are too few labels yet to predict the gain from more.',
  fr: 'Il y a encore trop peu d’étiquettes pour prévoir le gain apporté par d’autres.',
}

/** French typography: curved apostrophes, and no-break spaces before punctuation. */
function typeset(text: string): string {
  return text.replaceAll("'", '’').replaceAll(/ (?=[:;!?])/g, '\u00a0')
}
