import type { ObservedPost } from '../../learning/drift/observed-post.ts'
import { type RisingTopic, risingTopics } from '../../learning/drift/rising-topics.ts'

import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { postsByTerm, widestFirst } from '../drift/choose-examples.ts'
import type { DriftDeps } from '../drift/deps.ts'
import { type DriftModel, eachLanguage, readThreads, termsIn, writtenForms } from '../drift/read-posts.ts'
import type { WindowThread } from '../drift/read-window.ts'
import type { TrainingSnapshot } from '../drift/snapshot.ts'
import { DAY_MS } from '../drift/take-snapshot.ts'
import { inTurns } from '../in-turns.ts'
import type { TopicProposed } from './events.ts'
import type { FoundTopic, Topic } from './topic.ts'

interface TopicSearchInput {
  readonly model: DriftModel
  readonly snapshot: TrainingSnapshot
  /** Threads of the window, the latest first. */
  readonly threads: readonly WindowThread[]
  readonly window: { readonly since: string; readonly until: string }
  readonly signal?: AbortSignal
}

/** Posts from before the window, which give the earlier rate. */
const EARLIER_POSTS = 5_000
/** Share of posts that count as unusual when nothing has drifted. */
const UNUSUAL = 0.25
/** Fewest posts of a language to have a bound of its own. */
const FEWEST_IN_LANGUAGE = 20
/** Ids in one query of labels. */
const CHUNK = 500
/** Days after which a topic that returns counts as new. */
const REMEMBERED_DAYS = 60
/** Shares that make two findings one topic: of the posts found now, or of the words of both. */
const SHARED_POSTS = 1 / 3
const SHARED_WORDS = 1 / 2

/** Proposes topics that rise among posts that fit no label, but for those proposed before. */
export async function proposeTopics(deps: DriftDeps, search: TopicSearchInput): Promise<void> {
  const { model, snapshot, threads, signal } = search
  const yieldToEventLoop = createYielder()
  const labelled = await labelledOf(deps, model.facetId, threads, yieldToEventLoop)
  const isUnusual = unusualIn(
    snapshot,
    threads.map(({ post }) => post),
  )
  const recent = [...threads].reverse().map(({ id, askerId, post }) => ({
    thread: { id, post },
    terms: post.terms,
    language: post.language,
    fits: labelled.has(id) || !isUnusual(post),
    asker: askerId,
  }))
  if (recent.every(({ fits }) => fits)) return
  const ids = (await deps.traffic.before(new Date(search.window.since), EARLIER_POSTS)).map(({ id }) => id)
  const earlier: { terms: string[] }[] = []
  for await (const { thread, text } of readThreads(deps, ids, yieldToEventLoop, signal))
    earlier.push({ terms: [...new Set(termsIn(text, thread.language))] })
  for (const topic of await inTurns(risingTopics({ recent, earlier }), yieldToEventLoop, signal)) {
    const posts = topic.posts.map((at) => recent[at]!.thread)
    await propose(deps, model, await describeTopic(deps, search, topic, posts, yieldToEventLoop))
  }
}

async function describeTopic(
  deps: DriftDeps,
  { window }: TopicSearchInput,
  topic: RisingTopic,
  threads: readonly Pick<WindowThread, 'id' | 'post'>[],
  yieldToEventLoop: () => Promise<void>,
): Promise<FoundTopic> {
  const terms = new Set(topic.words.map(({ term }) => term))
  const formOf = await writtenForms(
    deps,
    terms,
    threads.map(({ id }) => id),
    yieldToEventLoop,
  )
  const having = postsByTerm(
    threads.map(({ post }) => post),
    terms,
  )
  const { askers, expected, p } = topic
  return {
    words: topic.words.map(({ term }) => ({
      term,
      word: formOf(term),
      examples: widestFirst(having.get(term) ?? []),
    })),
    figures: { posts: topic.posts.length, askers, expected, p, window },
    posts: threads.map(({ id: threadId }, at) => ({ threadId, likeness: topic.likeness[at]! })),
  }
}

/** Updates the proposal of a topic found again, unless people have resolved it; proposes a new topic. */
async function propose(deps: DriftDeps, { facet, facetId }: DriftModel, found: FoundTopic): Promise<void> {
  await deps.db.transaction(async () => {
    await deps.topics.lock(facetId)
    const since = new Date(deps.clock.now().getTime() - REMEMBERED_DAYS * DAY_MS)
    const ids = found.posts.map(({ threadId }) => threadId)
    const known = await deps.topics.seenSince(facetId, since, ids)
    const [same] = known
      .map(({ topic, shared }) => ({ topic, likeness: sameness(topic, shared, found) }))
      .filter(({ likeness }) => likeness >= 1)
      .sort((a, b) => b.likeness - a.likeness)
    if (same !== undefined) return deps.topics.seeAgain(same.topic, found)
    const topicId = await deps.topics.add(facetId, found)
    const event: TopicProposed = { type: 'topic.proposed', topicId, facet, facetId }
    await deps.outbox.append(event)
  })
}

/** How much a known topic and a found one share; from 1 on they are the same. */
function sameness({ words }: Topic, shared: number, found: FoundTopic): number {
  const known = new Set(words.map(({ term }) => term))
  const both = found.words.filter(({ term }) => known.has(term)).length
  const either = known.size + found.words.length - both
  return Math.max(shared / found.posts.length / SHARED_POSTS, both / Math.max(1, either) / SHARED_WORDS)
}

/** Threads that have a label of the facet. */
async function labelledOf(
  deps: Pick<DriftDeps, 'threadLabels'>,
  facetId: string,
  threads: readonly WindowThread[],
  yieldToEventLoop: () => Promise<void>,
): Promise<Set<string>> {
  const labelled = new Set<string>()
  for (let from = 0; from < threads.length; from += CHUNK) {
    const ids = threads.slice(from, from + CHUNK).map(({ id }) => id)
    for (const [id, labels] of await deps.threadLabels.labelsOf(ids))
      if (labels.some((label) => label.facetId === facetId)) labelled.add(id)
    await yieldToEventLoop()
  }
  return labelled
}

/**
 * Whether a label fits a post less than usual: the model is as unsure of it as of the least certain quarter of the
 * reference, or of the window, in its language; or it abstains where it rarely does (a model of few examples abstains
 * from everything). Of posts about something new a good model still assigns most: on clinc150 the least sure quarter
 * holds nine in ten of them, the abstained only four.
 */
function unusualIn(
  { reference: { posts } }: TrainingSnapshot,
  window: readonly ReferencePost[],
): (post: ReferencePost) => boolean {
  const bounds = eachLanguage((language) =>
    Math.max(
      ...[posts, window].map((all) => {
        const own = all.filter((post) => post.language === language)
        return quarterBound(own.length < FEWEST_IN_LANGUAGE ? all : own)
      }),
    ),
  )
  const abstained = posts.filter(({ assigned }) => !assigned).length
  const abstainsRarely = abstained <= posts.length * UNUSUAL
  return ({ language, confidence, assigned }) =>
    confidence <= bounds[language] || (!assigned && abstainsRarely)
}

type ReferencePost = TrainingSnapshot['reference']['posts'][number]

/** The highest confidence within the least confident quarter of posts. */
function quarterBound(posts: readonly ObservedPost[]): number {
  const sorted = posts.map(({ confidence }) => confidence).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * UNUSUAL)] ?? 1
}
