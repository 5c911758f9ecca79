import { type CurvePoint, curveIntervals } from '../../learning/curves/learning-curve.ts'
import {
  adviseOnGain,
  describeGain,
  type LabellingAdvice,
  type PredictedGain,
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

/** Accuracy of a version's held-out predictions when it was trained. */
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
  /** Predicted gain of more labels, in shares of accuracy, with a 90 % interval. */
  readonly prediction?: PredictedGain & { readonly advice: LabellingAdvice }
  readonly summary: Sentences
}

type SavingsDeps = Pick<InsightDeps, 'facets' | 'versions' | 'curves'>

/** Fewest points of a curve to extrapolate from. */
const ENOUGH_POINTS = 3
const PAGE = 100

/**
 * The learning curve of a facet, and whether more labels are worth it. Like the reports of trainings it is about all
 * threads, and shows nothing of any one.
 *
 * @throws CodedError FACET_NOT_FOUND
 */
export async function savingsReport(deps: SavingsDeps, query: SavingsQuery): Promise<SavingsReport> {
  const facet = await deps.facets.require(query.facet)
  const stored = await deps.curves.latest(facet.id)
  const versions = await versionPoints(deps, facet.id)
  if (stored === undefined) return { facet: facet.name, versions, summary: NOT_MEASURED }
  const { curve, version, measuredAt, labels } = stored
  const intervals = curveIntervals(curve)
  const points = curve.points.map((point, at) => ({ ...point, interval: intervals[at]! }))
  const measured = { version, measuredAt, judged: curve.judged, heldOut: curve.heldOut, points }
  if (points.length < ENOUGH_POINTS)
    return { facet: facet.name, curve: measured, versions, summary: NOT_MEASURED }
  const gain = predictGain(curve, labels, query.more)
  return {
    facet: facet.name,
    curve: measured,
    versions,
    prediction: { ...gain, advice: adviseOnGain(gain) },
    summary: { en: describeGain(gain, 'en'), fr: typeset(describeGain(gain, 'fr')) },
  }
}

async function versionPoints({ versions }: SavingsDeps, facetId: string): Promise<VersionPoint[]> {
  const all: ModelVersion[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await versions.list(facetId, { limit: PAGE, cursor })
    all.push(...page.items)
    if (page.next === undefined) break
    cursor = page.next
  }
  const byId = new Map(all.map((version) => [version.id, version]))
  return all
    .filter((version) => isWhole(version, byId.get(version.parentId ?? '')))
    .map(({ number, report, createdAt }) => ({
      version: number,
      labels: report.trainedOn,
      accuracy: report.heldOutSummary.accuracy,
      judged: report.heldOutSummary.n,
      interval: wilsonInterval(report.heldOutSummary.accuracy, report.heldOutSummary.n),
      trainedAt: createdAt,
    }))
    .sort((a, b) => a.labels - b.labels || a.version - b.version)
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
