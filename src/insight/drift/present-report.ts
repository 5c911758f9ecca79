import type { Audience } from '../../access/audience.ts'
import type { DriftKind } from '../../learning/drift/measure-drift.ts'
import { type Example, type Examples, readExamples } from '../examples.ts'
import type { DriftDeps } from './deps.ts'
import type { DriftScope, ScopeFigures, ScopeReport, StoredAlarm, StoredReport } from './drift-report.ts'

type Exemplified<T> = Omit<T, 'examples'> & { readonly examples: readonly Example[] }

interface PresentedFigures extends Pick<ScopeFigures, 'coverage'> {
  readonly vocabulary: Exemplified<Omit<ScopeFigures['vocabulary'], 'risen'>> & {
    readonly risen: readonly Exemplified<Omit<ScopeFigures['vocabulary']['risen'][number], 'term'>>[]
  }
  readonly labels: Omit<ScopeFigures['labels'], 'shifts'> & {
    readonly shifts: readonly Exemplified<ScopeFigures['labels']['shifts'][number]>[]
  }
  readonly confidence: Exemplified<ScopeFigures['confidence']>
}

export interface PresentedScope {
  readonly scope: DriftScope
  readonly status: ScopeReport['status']
  readonly posts: number
  readonly referencePosts: number
  /** Absent where there are too few posts. */
  readonly figures?: PresentedFigures
}

/** A report as a reader sees it. */
export interface PresentedReport extends Omit<StoredReport, 'facetId' | 'scopes' | 'alarms'> {
  /** In sentences. */
  readonly alarms: readonly (StoredAlarm & { readonly statement: string })[]
  readonly scopes: readonly PresentedScope[]
}

/** Presents reports to a reader, with the examples that they may see and the words that these have. */
export async function presentReports(
  deps: Pick<DriftDeps, 'threads'>,
  reports: readonly StoredReport[],
  reader: Audience,
): Promise<PresentedReport[]> {
  const examples = await readExamples(
    deps,
    reports.flatMap(({ scopes }) => scopes.flatMap(exampleIds)),
    reader,
  )
  return reports.map(({ facetId: _, scopes, alarms, ...report }) => {
    const shown = scopes.map((scope) => presentScope(scope, examples))
    return {
      ...report,
      alarms: alarms.map((alarm) => ({
        ...alarm,
        statement: statementOf(
          alarm.kind,
          alarm.scope,
          shown.find(({ scope }) => scope === alarm.scope)?.figures,
        ),
      })),
      scopes: shown,
    }
  })
}

function exampleIds(report: ScopeReport): string[] {
  if (report.status !== 'measured') return []
  const { vocabulary, labels, confidence } = report.figures
  return [vocabulary, ...vocabulary.risen, ...labels.shifts, confidence].flatMap(({ examples }) => [
    ...examples,
  ])
}

function presentScope(report: ScopeReport, examples: Examples): PresentedScope {
  const { scope, status } = report
  if (report.status !== 'measured')
    return { scope, status, posts: report.posts, referencePosts: report.referencePosts }
  const { posts, referencePosts, vocabulary, labels, confidence, coverage } = report.figures
  const exemplify = <T extends { readonly examples: readonly string[] }>(figure: T) => ({
    ...figure,
    examples: examples(figure.examples),
  })
  return {
    scope,
    status,
    posts,
    referencePosts,
    figures: {
      vocabulary: {
        ...exemplify(vocabulary),
        risen: vocabulary.risen
          .map(({ term: _, ...word }) => exemplify(word))
          .filter((word) => word.examples.length > 0),
      },
      labels: { ...labels, shifts: labels.shifts.map(exemplify) },
      confidence: exemplify(confidence),
      coverage,
    },
  }
}

const OF: Readonly<Record<DriftScope, string>> = { all: 'posts', fr: 'French posts', en: 'English posts' }
const NAMED = 5
/** Most that a label shift's p may be for the sentence to name it. */
const CERTAIN = 0.05

/** An alarm as a sentence. */
function statementOf(kind: DriftKind, scope: DriftScope, figures: PresentedFigures | undefined): string {
  const posts = OF[scope]
  if (figures === undefined) return `Drift in ${posts}: ${kind}.`
  const { vocabulary, labels, confidence, coverage } = figures
  if (kind === 'vocabulary') {
    const words = vocabulary.risen
      .slice(0, NAMED)
      .map(({ word, now, before }) => `“${word}” (${now}, ${before} before)`)
    const unknown = `${percent(vocabulary.unknownShare.now)} of the words in ${posts} are unknown to the model, compared with ${percent(vocabulary.unknownShare.before)} before`
    return words.length > 0 ? `${unknown}. More frequent words: ${words.join(', ')}.` : `${unknown}.`
  }
  if (kind === 'label-shares') {
    const moved = labels.shifts
      .filter(({ p }) => p <= CERTAIN)
      .slice(0, NAMED)
      .map(({ label, now, before }) => `“${label}” ${percent(before.share)} → ${percent(now.share)}`)
    const index = `The shares of the predicted labels of ${posts} have changed (stability index ${labels.psi.toFixed(2)})`
    return moved.length > 0 ? `${index}: ${moved.join(', ')}.` : `${index}.`
  }
  if (kind === 'confidence')
    return `The model is less confident about ${posts}: median confidence ${confidence.median.now.toFixed(2)}, compared with ${confidence.median.before.toFixed(2)} before.`
  return `Fewer ${posts} are assigned a label: ${percent(coverage.now.share)}, compared with ${percent(coverage.before.share)} before.`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}
