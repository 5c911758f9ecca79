import { system } from '../access/actor.ts'
import { AUDIENCES, type Audience } from '../access/audience.ts'
import { type Article, readerOf } from '../articles/article.ts'
import type { ArticlePublished, FlagsRaised, RaisedFlag } from '../articles/events.ts'
import type { ThreadLabel } from '../labels/annotation.ts'
import type { ModelActivated } from '../models/events.ts'
import { stableId } from '../platform/ids.ts'
import type { ThreadFacts } from '../threads/thread.ts'
import type { RoutingDecided } from '../triage/events.ts'
import type { StoredPrediction } from '../triage/predictions/prediction-store.ts'
import type { RoutingDecision } from '../triage/routing/decision-store.ts'
import type { MessageDeps } from './deps.ts'
import { type Endpoint, type Subject, wants } from './endpoints/endpoint.ts'
import { envelope } from './sending/delivery.ts'
import { pruneInTime } from './sending/manage-deliveries.ts'

/** Something that receivers may want to know of. */
export interface News {
  readonly subject: Subject
  /** What tells it from all other news of its type, the same however often it is told. */
  readonly key: readonly string[]
  readonly timestamp: string
  readonly data: object
}

/**
 * Makes news into messages to whoever wants them, in one transaction; told again, they are the same messages. Nothing
 * is composed while nobody listens.
 *
 * @param compose gives the news; it may leave out at once what `isWanted` says nobody is to be told of
 */
export async function tell(
  deps: MessageDeps,
  compose: (isWanted: (subject: Subject) => boolean) => Promise<readonly News[]>,
): Promise<void> {
  await deps.db.transaction(async () => {
    const endpoints = await deps.endpoints.enabled()
    if (endpoints.length === 0) return
    const news = await compose((subject) => endpoints.some((endpoint) => wants(endpoint, subject)))
    const told = news.flatMap((each) => {
      const endpointIds = endpoints.filter((endpoint) => wants(endpoint, each.subject)).map(idOf)
      return endpointIds.length === 0 ? [] : [{ message: messageOf(each), endpointIds }]
    })
    if (told.length === 0) return
    await deps.deliveries.add(told)
    await pruneInTime(deps)
    deps.db.afterCommit(deps.wake)
  })
}

const idOf = ({ id }: Endpoint) => id

function messageOf({ subject, key, timestamp, data }: News) {
  const { type, audience } = subject
  const id = stableId('msg', type, ...key)
  return { id, type, audience, payload: envelope(type, timestamp, data) }
}

/** What is held to be true of a facet, and by whom. */
type StatedLabel =
  | { readonly facet: string; readonly label: string; readonly givenBy: ThreadLabel['provenance'] }
  | {
      readonly facet: string
      readonly label: string
      readonly givenBy: 'model'
      readonly confidence: number
      readonly decision: 'assigned' | 'abstained'
      readonly modelVersion: number
    }

/** Tells of routing decisions that still stand; one that was overtaken meanwhile is told by its successor. */
export async function enqueueRoutingMessages(
  deps: MessageDeps,
  { decisionIds }: RoutingDecided,
): Promise<void> {
  await tell(deps, async (isWanted) => {
    const decisions = await deps.decisions.stillCurrent(decisionIds)
    const facts = await deps.threads.facts(decisions.map(({ threadId }) => threadId))
    const threads = new Map(facts.map((thread) => [thread.id, thread]))
    const wanted = decisions.flatMap((decision) => {
      const thread = threads.get(decision.threadId)
      const subject = thread && subjectOf(decision, thread)
      return subject !== undefined && isWanted(subject) ? [{ decision, subject }] : []
    })
    const ids = wanted.map(({ decision }) => decision.threadId)
    const predictions = await deps.predictions.of(ids)
    const labels = await deps.threadLabels.labelsOf(ids)
    const news: News[] = []
    for (const { decision, subject } of wanted) {
      const { threadId } = decision
      const stated = statedLabels(labels.get(threadId) ?? [], predictions.get(threadId) ?? [])
      const data = { ...(await describeRouting(deps, decision)), labels: stated }
      news.push({ subject, key: [decision.id], timestamp: decision.decidedAt, data })
    }
    return news
  })
}

function subjectOf({ destination, decidedAt }: RoutingDecision, thread: ThreadFacts): Subject {
  const { source, audience, updatedAt: activeAt } = thread
  return { type: 'routing.decided', audience, routing: { source, destination, decidedAt, activeAt } }
}

async function describeRouting(deps: MessageDeps, decision: RoutingDecision) {
  const thread = await deps.threads.require(decision.threadId, system.audience)
  return {
    id: decision.id,
    thread: {
      id: thread.id,
      source: thread.source,
      externalId: thread.externalId,
      title: thread.title,
      language: thread.language,
      url: thread.url,
    },
    destination: decision.destination,
    priority: decision.priority,
    slaMinutes: decision.slaMinutes,
    rule: decision.rule,
    ruleSetVersion: decision.ruleSetVersion,
  }
}

/** Where people have spoken, what a model says is not told. */
function statedLabels(
  labels: readonly ThreadLabel[],
  predictions: readonly StoredPrediction[],
): readonly StatedLabel[] {
  const given = labels.map(({ facet, label, provenance }) => ({ facet, label, givenBy: provenance }))
  const predicted = predictions
    .filter(({ facet }) => !labels.some((other) => other.facet === facet))
    .map(({ facet, label, confidence, decision, modelVersion }) => ({
      facet,
      label,
      givenBy: 'model' as const,
      confidence,
      decision,
      modelVersion,
    }))
  return [...given, ...predicted].sort((a, b) => (a.facet < b.facet ? -1 : 1))
}

/** Tells that another model version predicts a facet. No thread's or article's words are in it: it is for everyone. */
export async function enqueueActivationMessages(deps: MessageDeps, event: ModelActivated): Promise<void> {
  const subject = { type: 'model.activated', audience: 'public' } as const
  await tell(deps, async (isWanted) => {
    if (!isWanted(subject)) return []
    const { facet, version, replaced, versionId, activatedAt } = event
    const { report, reason } = await deps.versions.require(await deps.facets.require(facet), version)
    const { accuracy, coverage } = report.evaluation.candidate
    const data = {
      id: versionId,
      facet,
      version,
      replaced,
      trainedOn: report.trainedOn,
      labels: report.labels,
      accuracy,
      coverage,
      gate: reason,
    }
    return [{ subject, key: [versionId, activatedAt], timestamp: activatedAt, data }]
  })
}

/** Tells of an article that was published, as it is now; one that was withdrawn meanwhile is not told of. */
export async function enqueuePublicationMessages(
  deps: MessageDeps,
  { articleId, revision }: ArticlePublished,
): Promise<void> {
  await tell(deps, async () => {
    const article = await deps.articles.require(articleId, readerOf(system))
    const { audience, confidence, publishedAt = article.updatedAt } = article
    if (confidence !== 'validated') return []
    const subject = { type: 'article.published', audience } as const
    const data = { article: { ...describeArticle(article), publishedAt } }
    return [{ subject, key: [articleId, String(revision)], timestamp: publishedAt, data }]
  })
}

/** Tells of flags that evidence still bears. */
export async function enqueueFlagMessages(deps: MessageDeps, { flags }: FlagsRaised): Promise<void> {
  await tell(deps, async () => {
    const news: News[] = []
    for (const raised of flags) {
      const { articleId, section, postId, flag, flaggedAt } = raised
      const article = await deps.articles.require(articleId, readerOf(system))
      const audience = await whoSees(deps, article, raised)
      if (audience === undefined) continue
      news.push({
        subject: { type: 'flag.raised', audience },
        key: [articleId, section, postId, flag, flaggedAt],
        timestamp: flaggedAt,
        data: { article: describeArticle(article), section, postId, flag },
      })
    }
    return news
  })
}

/**
 * The widest audience that sees both an article and the flag on its evidence; an article that is not published is
 * the house's own. Undefined when the flag is gone.
 */
async function whoSees(
  { evidence }: MessageDeps,
  { id, audience, confidence }: Article,
  { section, postId, flag, flaggedAt }: RaisedFlag,
): Promise<Audience | undefined> {
  const ofArticle = confidence === 'validated' ? audience : 'internal'
  const closest = AUDIENCES.slice(0, AUDIENCES.indexOf(ofArticle) + 1)
  for (const reader of closest.toReversed()) {
    const seen = await evidence.of(id, reader)
    const bears = (one: (typeof seen)[number]) =>
      one.section === section && one.postId === postId && one.flag === flag && one.flaggedAt === flaggedAt
    if (seen.some(bears)) return reader
  }
  return undefined
}

function describeArticle({ id, title, language, audience, confidence, revision }: Article) {
  return { id, title, language, audience, confidence, revision, path: `/api/articles/${id}` }
}
