import type { HeldOutPrediction } from '../../models/gate/held-out-predictions.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import { stableFraction } from '../../platform/ids.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import type { DriftDeps } from './deps.ts'
import type { DriftModel } from './drift-model.ts'
import { eachLanguage, LANGUAGES, languageGroup, observe, readThreads, termsIn } from './read-posts.ts'

import { type TrainingSnapshot, withoutOneself } from './snapshot.ts'
import type { SnapshotProgress, TermCounts } from './snapshot-store.ts'

/** No window reaches further back than this, so that no post is both measured and measured against. */
export const LONGEST_WINDOW_DAYS = 28
export const DAY_MS = 86_400_000

/** Threads between two savings of how far it has come. */
const CHUNK = 1_000
/** Terms kept a language: those of most posts. */
const MOST_TERMS = 50_000
/** The reference is a sample of so many of the latest posts from before. */
const LATEST = 20_000
const REFERENCE_POSTS = 5_000

type Deps = Pick<
  DriftDeps,
  'clock' | 'threads' | 'starterExamples' | 'versions' | 'traffic' | 'snapshots' | 'heldOutPredictions'
>

/**
 * The training snapshot of a model in force, made when it is first asked for; its reference is read anew where risk
 * budgets have changed since, for other posts are assigned then. Counting what the model learned from is
 * gone on with where a process that died had come to; two processes at once do the same work and store the same.
 */
export async function takeSnapshot(
  deps: Deps,
  model: DriftModel,
  signal?: AbortSignal,
): Promise<TrainingSnapshot> {
  const { budgets } = model
  const known = await deps.snapshots.find(model.versionId)
  if (known?.ready && known.snapshot.budgets === budgets) return known.snapshot
  const version = await deps.versions.require({ id: model.facetId, name: model.facet }, model.version)
  const { learned, vocabulary, shared } = known?.ready
    ? known.snapshot
    : await learnedVocabulary(deps, model, version.createdAt, known, signal)
  const reference = await readReference(deps, model, version, { vocabulary, shared }, signal)
  const snapshot = { learned, budgets, vocabulary, shared, reference }
  await deps.snapshots.finish(model, snapshot)
  await deps.snapshots.forgetOthers(model.facetId, model.versionId)
  return snapshot
}

async function learnedVocabulary(...args: Parameters<typeof countLearned>) {
  const { learned, counts } = await countLearned(...args)
  const ranked = eachLanguage((language) => commonest(counts[language]))
  return {
    learned,
    vocabulary: eachLanguage((language) => new Set(ranked[language].map(([term]) => term))),
    shared: eachLanguage((language) => ranked[language].filter(([, posts]) => posts > 1).length),
  }
}

async function countLearned(
  deps: Deps,
  model: DriftModel,
  until: string,
  known: Extract<SnapshotProgress, { ready: false }> | undefined,
  signal: AbortSignal | undefined,
): Promise<{ learned: number; counts: TermCounts }> {
  const yieldToEventLoop = createYielder()
  const { facetId } = model
  const counts = known?.counts ?? eachLanguage(() => new Map<string, number>())
  let learned = known?.learned ?? 0
  let position = known?.position ?? ''
  const count = (text: string, language: string) => {
    const documents = counts[languageGroup(language)]
    for (const term of new Set(termsIn(text, language))) documents.set(term, (documents.get(term) ?? 0) + 1)
  }
  if (known === undefined)
    // They come with the facet and say no language; a word of theirs is known in each.
    for (const { text } of await deps.starterExamples.of(facetId)) {
      learned++
      for (const language of LANGUAGES) count(text, language)
    }
  for (;;) {
    const ids = await deps.traffic.learnedAfter(facetId, { until, after: position, limit: CHUNK })
    for await (const { thread, text } of readThreads(deps, ids, yieldToEventLoop, signal)) {
      learned++
      count(text, thread.language)
    }
    if (ids.length < CHUNK) return { learned, counts }
    position = ids.at(-1)!
    for (const documents of Object.values(counts)) forgetRare(documents)
    await deps.snapshots.gather(model, { ready: false, position, learned, counts })
  }
}

/** Keeps the memory bounded: what only one post has is dropped when there is far too much. */
function forgetRare(documents: Map<string, number>): void {
  for (let least = 1; documents.size > 4 * MOST_TERMS; least++)
    for (const [term, posts] of documents) if (posts <= least) documents.delete(term)
}

/** With how many posts have them, those of most posts first. */
function commonest(documents: ReadonlyMap<string, number>): [term: string, posts: number][] {
  return [...documents].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_TERMS)
}

/**
 * Posts of the time before the version, as a model sees them that did not learn from them: the version itself, where
 * they were unlabelled then or of the audit slice, else those that predicted them out of fold. Of their words, one that
 * no other post has counts as unknown there too.
 */
async function readReference(
  deps: Deps,
  model: DriftModel,
  version: ModelVersion,
  { vocabulary, shared }: Pick<TrainingSnapshot, 'vocabulary' | 'shared'>,
  signal: AbortSignal | undefined,
): Promise<TrainingSnapshot['reference']> {
  const yieldToEventLoop = createYielder()
  const before = new Date(Date.parse(version.createdAt) - LONGEST_WINDOW_DAYS * DAY_MS)
  const latest = (await deps.traffic.before(before, LATEST)).map(({ id }) => id)
  const learned = await deps.traffic.learnedAmong(model.facetId, latest, version.createdAt)
  const labels = new Map(
    (await deps.heldOutPredictions(version)).map((prediction) => [prediction.id, prediction]),
  )
  const drawn: { id: string; fraction: number }[] = []
  for (const id of latest) {
    await yieldToEventLoop()
    if (!learned.has(id) || labels.has(id))
      drawn.push({ id, fraction: stableFraction('drift-reference', id) })
  }
  const ids = drawn.sort((a, b) => a.fraction - b.fraction).slice(0, REFERENCE_POSTS)
  const others = withoutOneself(vocabulary, shared)
  const termDocuments = eachLanguage(() => new Map<string, number>())
  const posts = []
  const chosen = ids.map(({ id }) => id)
  for await (const each of readThreads(deps, chosen, yieldToEventLoop, signal)) {
    const prediction = learned.has(each.thread.id) ? labels.get(each.thread.id) : undefined
    const { terms, ...post } = observe(model, prediction ? others : vocabulary, each)
    const documents = termDocuments[post.language]
    for (const term of terms) documents.set(term, (documents.get(term) ?? 0) + 1)
    posts.push(prediction ? { ...post, ...underBudgets(model, prediction) } : post)
  }
  return { posts, termDocuments }
}

/** An out-of-fold verdict, assigned or not by the thresholds in force. */
function underBudgets({ classifier }: DriftModel, { label, confidence }: HeldOutPrediction) {
  const { threshold, labelThresholds } = classifier
  const least = Object.hasOwn(labelThresholds, label) ? labelThresholds[label]! : threshold
  return { label, confidence, assigned: confidence >= least }
}

/** Threads that a model did not learn from. */
export async function withoutLearned(
  deps: Pick<DriftDeps, 'traffic'>,
  facetId: string,
  ids: readonly string[],
  trainedAt: string,
): Promise<string[]> {
  const learned = await deps.traffic.learnedAmong(facetId, ids, trainedAt)
  return ids.filter((id) => !learned.has(id))
}
