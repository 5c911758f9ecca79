import type { HeldOutPrediction } from '../../models/gate/held-out-predictions.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import { stableFraction } from '../../platform/ids.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import type { DriftDeps } from './deps.ts'
import {
  type DriftModel,
  eachLanguage,
  LANGUAGES,
  languageGroup,
  observe,
  readThreads,
  termsIn,
} from './read-posts.ts'

import { sharedVocabulary, type TrainingSnapshot } from './snapshot.ts'
import type { SnapshotProgress, TermCounts } from './snapshot-store.ts'

/** The longest window of a report. Reference posts are older, so that no post is compared with itself. */
export const LONGEST_WINDOW_DAYS = 28
export const DAY_MS = 86_400_000

/** Threads counted between two saves of the progress. */
const CHUNK = 1_000
/** Terms kept by language: those of most posts. */
const MOST_TERMS = 50_000
/** The reference is a sample of this many of the latest posts. */
const LATEST = 20_000
const REFERENCE_POSTS = 5_000

type Deps = Pick<
  DriftDeps,
  'clock' | 'threads' | 'starterExamples' | 'versions' | 'traffic' | 'snapshots' | 'heldOutPredictions'
>

/**
 * The training snapshot of an active model, made at its first use. After a change of risk budgets its reference is read
 * again, because other posts are assigned then. Counting continues where a process that died had stopped. Two
 * processes at once do the same work and store the same.
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
  await deps.snapshots.deleteOthers(model.facetId, model.versionId)
  return snapshot
}

async function learnedVocabulary(...args: Parameters<typeof countLearned>) {
  const { learned, counts } = await countLearned(...args)
  const ranked = eachLanguage((language) => mostFrequent(counts[language]))
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
    // Starter examples have no language: their words are known in each.
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
    for (const documents of Object.values(counts)) dropRare(documents)
    await deps.snapshots.saveProgress(model, { ready: false, position, learned, counts })
  }
}

/** Bounds the memory: drops the rarest terms when there are far too many. */
function dropRare(documents: Map<string, number>): void {
  for (let least = 1; documents.size > 4 * MOST_TERMS; least++)
    for (const [term, posts] of documents) if (posts <= least) documents.delete(term)
}

/** The terms of most posts, with their numbers of posts, in descending order. */
function mostFrequent(documents: ReadonlyMap<string, number>): [term: string, posts: number][] {
  return [...documents].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_TERMS)
}

/**
 * Posts from before the version, with predictions of a model that did not learn from them: the version's own where they
 * were unlabelled then or of the audit slice, else the held-out prediction. Of a post that was learned from, a word that
 * no other post has counts as unknown too.
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
  const heldOut = new Map(
    (await deps.heldOutPredictions(version)).map((prediction) => [prediction.id, prediction]),
  )
  const drawn: { id: string; fraction: number }[] = []
  for (const id of latest) {
    await yieldToEventLoop()
    if (!learned.has(id) || heldOut.has(id))
      drawn.push({ id, fraction: stableFraction('drift-reference', id) })
  }
  const ids = drawn.sort((a, b) => a.fraction - b.fraction).slice(0, REFERENCE_POSTS)
  const others = sharedVocabulary(vocabulary, shared)
  const termDocuments = eachLanguage(() => new Map<string, number>())
  const posts = []
  const chosen = ids.map(({ id }) => id)
  for await (const each of readThreads(deps, chosen, yieldToEventLoop, signal)) {
    const prediction = learned.has(each.thread.id) ? heldOut.get(each.thread.id) : undefined
    const { terms, ...post } = observe(model, prediction ? others : vocabulary, each)
    const documents = termDocuments[post.language]
    for (const term of terms) documents.set(term, (documents.get(term) ?? 0) + 1)
    posts.push(prediction ? { ...post, ...underBudgets(model, prediction) } : post)
  }
  return { posts, termDocuments }
}

/** A held-out prediction, assigned or not by the active thresholds. */
function underBudgets({ classifier }: DriftModel, { label, confidence, decided }: HeldOutPrediction) {
  const { threshold, labelThresholds } = classifier
  const { label: given, score } = decided ?? { label, score: confidence }
  const least = Object.hasOwn(labelThresholds, given) ? labelThresholds[given]! : threshold
  return { label, confidence, assigned: score >= least }
}

/** The threads that a model trained at a time did not learn from. */
export async function withoutLearned(
  deps: Pick<DriftDeps, 'traffic'>,
  facetId: string,
  ids: readonly string[],
  trainedAt: string,
): Promise<string[]> {
  const learned = await deps.traffic.learnedAmong(facetId, ids, trainedAt)
  return ids.filter((id) => !learned.has(id))
}
