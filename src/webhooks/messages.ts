import { system } from '../access/actor.ts'
import { AUDIENCES, type Audience } from '../access/audience.ts'
import type { Article } from '../articles/article.ts'
import type { RaisedFlag } from '../articles/events.ts'
import { audienceOf, readerOf } from '../articles/readable-articles.ts'
import type { ThreadLabel } from '../labels/annotation.ts'
import { fourDigits } from '../platform/four-digits.ts'
import { stableId } from '../platform/ids.ts'
import type { EventOf } from '../platform/jobs/job-handler.ts'
import type { Thread, ThreadFacts } from '../threads/thread.ts'
import { type Acted, type ActedDecision, actedOn } from '../triage/measurements/measurement.ts'
import type { StoredPrediction } from '../triage/predictions/prediction-store.ts'
import type { RoutingDecision } from '../triage/routing/decision-store.ts'
import type { MessageDeps } from './deps.ts'
import { receives, type Subject } from './endpoints/endpoint.ts'
import { envelope, type Message } from './sending/delivery.ts'
import { schedulePruning } from './sending/manage-deliveries.ts'

/*
 * What happens here becomes messages to endpoints: one function an event, those about models and figures in
 * `learning-messages.ts`. A message states how things are when it is
 * made, which may be later than the event; where the event no longer holds by then, there is no message.
 */

/** A message before it is known who receives it. */
export interface NewMessage {
  readonly subject: Subject
  /** Identifies the message among those of its type, so that an event handled twice makes one message. */
  readonly key: readonly string[]
  readonly timestamp: string
  readonly data: object
}

/**
 * Enqueues messages to the endpoints that receive them, in one transaction. Without enabled endpoints nothing is
 * composed.
 *
 * @param compose makes the messages; it may leave out those whose subject has no receiver by `isReceived`
 */
export async function enqueueMessages(
  deps: MessageDeps,
  compose: (isReceived: (subject: Subject) => boolean) => Promise<readonly NewMessage[]>,
): Promise<void> {
  await deps.db.transaction(async () => {
    const endpoints = await deps.endpoints.enabled()
    if (endpoints.length === 0) return
    const receivers = (subject: Subject) => endpoints.filter((endpoint) => receives(endpoint, subject))
    const composed = await compose((subject) => receivers(subject).length > 0)
    const addressed = composed
      .map((each) => ({
        message: toMessage(each),
        endpointIds: receivers(each.subject).map(({ id }) => id),
      }))
      .filter(({ endpointIds }) => endpointIds.length > 0)
    if (addressed.length === 0) return
    await deps.deliveries.add(addressed)
    await schedulePruning(deps)
    deps.db.afterCommit(deps.wake)
  })
}

function toMessage({ subject: { type, audience }, key, timestamp, data }: NewMessage): Message {
  return { id: stableId('msg', type, ...key), type, audience, payload: envelope(type, timestamp, data) }
}

/** Enqueues messages about a question that a customer asked in the help centre. They name no asker, and no link. */
export async function enqueueQuestionMessages(
  deps: MessageDeps,
  { questionId, threadId }: EventOf<'question.asked'>,
): Promise<void> {
  await enqueueMessages(deps, async () => {
    const question = await deps.questions.find(questionId)
    const thread = await deps.threads.find(threadId, system.audience)
    if (question === undefined || thread === undefined) return []
    const { number, askedAt, topic } = question
    const subject = { type: 'question.asked', audience: thread.audience } as const
    const data = { id: questionId, number, topic, thread: describeThread(thread) }
    return [{ subject, key: [questionId], timestamp: askedAt, data }]
  })
}

/** Enqueues messages about routing decisions, but for those that a later decision has replaced. */
export async function enqueueRoutingMessages(
  deps: MessageDeps,
  { decisionIds }: EventOf<'routing.decided'>,
): Promise<void> {
  await enqueueMessages(deps, async (isReceived) => {
    const decisions = await deps.decisions.stillCurrent(decisionIds)
    const facts = await deps.threads.facts(decisions.map(({ threadId }) => threadId))
    const threads = new Map(facts.map((thread) => [thread.id, thread]))
    const received = decisions.flatMap((decision) => {
      const thread = threads.get(decision.threadId)
      const subject = thread && routingSubject(decision, thread)
      return subject !== undefined && isReceived(subject) ? [{ decision, subject }] : []
    })
    const ids = received.map(({ decision }) => decision.threadId)
    const predictions = await deps.predictions.of(ids)
    const labels = await deps.threadLabels.labelsOf(ids)
    const measurements = await deps.measurements.current()
    const messages: NewMessage[] = []
    for (const { decision, subject } of received) {
      const { id, threadId, decidedAt } = decision
      const { source } = threads.get(threadId)!
      const acted = (predictions.get(threadId) ?? []).map((each) => actedOn(each, source, measurements))
      const stated = statedLabels(labels.get(threadId) ?? [], acted)
      const data = { ...(await describeRouting(deps, decision)), labels: stated }
      messages.push({ subject, key: [id], timestamp: decidedAt, data })
    }
    return messages
  })
}

/** Enqueues messages about time limits that passed without an answer; also where the thread was routed on since. */
export async function enqueueSlaMessages(
  deps: MessageDeps,
  { decisionIds }: EventOf<'routing.sla-breached'>,
): Promise<void> {
  await enqueueMessages(deps, async (isReceived) => {
    const decisions = await deps.decisions.byIds(decisionIds)
    const facts = await deps.threads.facts(decisions.map(({ threadId }) => threadId))
    const threads = new Map(facts.map((thread) => [thread.id, thread]))
    const messages: NewMessage[] = []
    for (const decision of decisions) {
      const { id, threadId, decidedAt, slaDueAt, slaBreachedAt } = decision
      const thread = threads.get(threadId)
      if (thread === undefined || slaDueAt === undefined || slaBreachedAt === undefined) continue
      const subject: Subject = { ...routingSubject(decision, thread), type: 'routing.sla-breached' }
      if (!isReceived(subject)) continue
      const data = { ...(await describeRouting(deps, decision)), decidedAt, dueAt: slaDueAt }
      messages.push({ subject, key: [id, slaDueAt], timestamp: slaBreachedAt, data })
    }
    return messages
  })
}

function routingSubject({ destination, decidedAt }: RoutingDecision, thread: ThreadFacts): Subject {
  const { source, audience, updatedAt: activeAt } = thread
  return { type: 'routing.decided', audience, routing: { source, destination, decidedAt, activeAt } }
}

async function describeRouting(deps: MessageDeps, decision: RoutingDecision) {
  const thread = await deps.threads.require(decision.threadId, system.audience)
  return {
    id: decision.id,
    thread: describeThread(thread),
    destination: decision.destination,
    priority: decision.priority,
    slaMinutes: decision.slaMinutes,
    rule: decision.rule,
    ruleSetVersion: decision.ruleSetVersion,
    provisional: decision.provisional,
  }
}

function describeThread({ id, source, externalId, title, language, url }: Thread) {
  return { id, source, externalId, title, language, url }
}

/** A facet's label in a message, and who gave it. */
type StatedLabel =
  | { readonly facet: string; readonly label: string; readonly givenBy: ThreadLabel['provenance'] }
  | {
      readonly facet: string
      readonly label: string
      readonly givenBy: 'model'
      readonly confidence: number
      /** `suggested`: a label that does not act on the source, as it was not measured there. */
      readonly decision: ActedDecision
      /** On an abstention that rules may use. */
      readonly provisional?: { readonly estimatedError: number }
      readonly modelVersion: number
    }

/** One label a facet: the label in force where there is one, else the prediction. */
function statedLabels(
  labels: readonly ThreadLabel[],
  predictions: readonly Acted<StoredPrediction>[],
): readonly StatedLabel[] {
  const given = labels.map(({ facet, label, provenance }) => ({ facet, label, givenBy: provenance }))
  const predicted = predictions
    .filter(({ facet }) => !labels.some((other) => other.facet === facet))
    .map(({ facet, label, confidence, decision, provisional, modelVersion }) => ({
      facet,
      label,
      givenBy: 'model' as const,
      confidence: fourDigits(confidence),
      decision,
      provisional,
      modelVersion,
    }))
  return [...given, ...predicted].sort((a, b) => (a.facet < b.facet ? -1 : 1))
}

/** Enqueues messages about a published article, unless it was archived meanwhile. */
export async function enqueuePublicationMessages(
  deps: MessageDeps,
  { articleId, revision }: EventOf<'article.published'>,
): Promise<void> {
  await enqueueMessages(deps, async () => {
    const article = await deps.articles.require(articleId, readerOf(system))
    const { audience, confidence, publishedAt = article.updatedAt } = article
    if (confidence !== 'validated') return []
    const subject = { type: 'article.published', audience } as const
    const data = { article: { ...describeArticle(article), publishedAt } }
    return [{ subject, key: [articleId, String(revision)], timestamp: publishedAt, data }]
  })
}

/** Enqueues messages about flags on citations, but for those that were cleared or replaced meanwhile. */
export async function enqueueFlagMessages(
  deps: MessageDeps,
  { flags }: EventOf<'flags.raised'>,
): Promise<void> {
  await enqueueMessages(deps, async () => {
    const messages: NewMessage[] = []
    for (const raised of flags) {
      const { articleId, passageId, section, postId, flag, flaggedAt } = raised
      const article = await deps.articles.require(articleId, readerOf(system))
      const audience = await flagAudience(deps, article, raised)
      if (audience === undefined) continue
      messages.push({
        subject: { type: 'flag.raised', audience },
        key: [articleId, passageId, postId, flag, flaggedAt],
        timestamp: flaggedAt,
        data: { article: describeArticle(article), passageId, section, postId, flag },
      })
    }
    return messages
  })
}

/** The widest audience that sees both an article and a flag on it; undefined when the flag is no longer there. */
async function flagAudience(
  { citations }: MessageDeps,
  article: Article,
  { passageId, postId, flag, flaggedAt }: RaisedFlag,
): Promise<Audience | undefined> {
  const readers = AUDIENCES.slice(0, AUDIENCES.indexOf(audienceOf(article)) + 1)
  for (const reader of readers.toReversed()) {
    const seen = await citations.of(article.id, reader)
    const bearsFlag = (one: (typeof seen)[number]) =>
      one.passageId === passageId && one.postId === postId && one.flag === flag && one.flaggedAt === flaggedAt
    if (seen.some(bearsFlag)) return reader
  }
  return undefined
}

function describeArticle({ id, title, language, audience, confidence, revision }: Article) {
  return { id, title, language, audience, confidence, revision, path: `/api/articles/${id}` }
}
