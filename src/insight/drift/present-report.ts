import type { Audience } from '../../access/audience.ts'
import type { Sentences } from '../../text/wording.ts'
import { type Example, type Examples, readExamples } from '../examples.ts'
import type { DriftDeps } from './deps.ts'
import { describeAlarm, describeReport } from './describe-drift.ts'
import type { DriftScope, ScopeFigures, ScopeReport, StoredAlarm, StoredReport } from './drift-report.ts'

type Exemplified<T> = Omit<T, 'examples'> & { readonly examples: readonly Example[] }

export interface PresentedFigures extends Pick<ScopeFigures, 'coverage'> {
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

/** An alarm in a sentence. */
interface PresentedAlarm extends StoredAlarm {
  /** In English. */
  readonly statement: string
  readonly sentence: Sentences
}

/** A report as a reader sees it. */
export interface PresentedReport extends Omit<StoredReport, 'facetId' | 'scopes' | 'alarms'> {
  readonly alarms: readonly PresentedAlarm[]
  readonly scopes: readonly PresentedScope[]
  readonly summary: Sentences
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
    const told = alarms.map((alarm) => {
      const figures = shown.find(({ scope }) => scope === alarm.scope)?.figures
      const sentence = describeAlarm(alarm.kind, alarm.scope, figures)
      return { ...alarm, statement: sentence.en, sentence }
    })
    const presented = { ...report, alarms: told, scopes: shown }
    return { ...presented, summary: describeReport(presented) }
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
