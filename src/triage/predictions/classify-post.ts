import type { Audience } from '../../access/audience.ts'
import type { Counters } from '../../platform/database/change-counters.ts'
import { detectLanguage } from '../../text/language/detect-language.ts'
import { threadText } from '../../text/thread-text.ts'
import type { TriageDeps } from '../deps.ts'
import { measuredOf, type Stated } from '../measurements/describe-measurement.ts'
import { actedOn } from '../measurements/measurement.ts'
import { decideDestination } from '../routing/decide-destination.ts'
import { createLoadReader } from '../routing/destination-load.ts'
import type { AskerRole, Fact, Outcome } from '../routing/routing-rule.ts'
import { createSubjectText } from '../routing/subject-text.ts'
import { type Prediction, predict, rounded } from './prediction.ts'

/** A post that is not stored. */
export interface PostToClassify {
  readonly title?: string
  /** Markdown. */
  readonly body: string
  /** BCP 47; detected when absent. */
  readonly language?: string
  readonly facts?: Readonly<Record<string, Fact>>
  /** Name of the source it was written in. */
  readonly source?: string
  readonly tags?: readonly string[]
  readonly asker?: { readonly role?: AskerRole; readonly reputation?: number }
}

export interface ClassifiedPost {
  readonly language: string
  readonly predictions: readonly Stated<
    Omit<Prediction, 'facetId' | 'versionId' | 'budgets' | 'probabilities'>
  >[]
  readonly routing: Outcome & { readonly rule: string; readonly ruleSetVersion: number }
  /** Present when no facet has an active model, or the model of one cannot be read. */
  readonly notice?: string
}

const NO_MODEL =
  'No model version is active yet: there are no predictions, and the routing rules decide without them.'

/**
 * Classifies by the active models and the routing rules in force. Stores nothing.
 *
 * @param reader measurements of sources that this audience may not see are left out
 * @param counters read when the request had arrived; read now if absent
 */
export async function classifyPost(
  deps: ClassifyDeps,
  post: PostToClassify,
  reader: Audience,
  counters?: Counters,
): Promise<ClassifiedPost> {
  return (await prepareClassifying(deps, reader, counters))(post)
}

export type ClassifyDeps = Pick<
  TriageDeps,
  'db' | 'models' | 'ruleSets' | 'measurements' | 'clock' | 'reading'
>

/** Reads the active models and the rules in force once; the function it returns classifies any number of posts. */
export async function prepareClassifying(
  deps: ClassifyDeps,
  reader: Audience,
  counters?: Counters,
): Promise<(post: PostToClassify) => ClassifiedPost> {
  const models = await deps.models.active(counters)
  const notice = noticeOf(models.length, deps.models.unreadable())
  const ruleSet = await deps.ruleSets.current(counters)
  const measurements = await deps.measurements.current(reader, counters)
  const load = (await createLoadReader(deps, ruleSet)).now()
  return (post) => {
    const text = threadText({ title: post.title ?? '', question: post.body })
    const language = post.language?.toLowerCase().split('-')[0] ?? detectLanguage(text)
    const predictions = models.map((model) => actedOn(predict(model, text), post.source, measurements))
    const now = deps.clock.now()
    const routing = decideDestination(
      ruleSet,
      {
        labels: new Map(predictions.map((prediction) => [prediction.facet, prediction])),
        language,
        source: post.source,
        askerRole: post.asker?.role ?? 'unknown',
        reputation: post.asker?.reputation,
        facts: post.facts ?? {},
        askedAt: now.getTime(),
        answered: false,
        resolved: false,
        tags: post.tags ?? [],
        text: createSubjectText({ title: post.title ?? '', question: post.body }, language),
        load,
      },
      now,
      deps.reading,
    )
    return {
      language,
      predictions: predictions.map(
        ({
          facetId: _facet,
          versionId: _version,
          uncertainty: _uncertainty,
          budgets: _budgets,
          probabilities: _probabilities,
          actingLabels: _acting,
          ...shown
        }) => ({
          ...shown,
          ...rounded(shown),
          measured: measuredOf(shown, post.source, measurements),
        }),
      ),
      routing: { ...routing, ruleSetVersion: ruleSet.version },
      notice,
    }
  }
}

export function noticeOf(
  models: number,
  unreadable: readonly { readonly facet: string }[],
): string | undefined {
  if (unreadable.length > 0) {
    const names = unreadable.map(({ facet }) => `"${facet}"`).join(', ')
    return `The stored model of ${names} cannot be read, so that there is no prediction on it. Train the facet again or activate another version.`
  }
  return models === 0 ? NO_MODEL : undefined
}
