import { AUDIENCES, type Audience } from '../access/audience.ts'
import type { EventOf } from '../platform/jobs/job-handler.ts'
import type { MessageDeps } from './deps.ts'
import type { EventType } from './endpoints/endpoint.ts'
import { enqueueMessages } from './messages.ts'

/*
 * Messages about what learns: model versions, figures and topics. What quotes no thread is public; the words of a topic
 * and the cases of an alert have the audience of the threads that they are from.
 */

/** Enqueues messages about a model version that was activated. */
export async function enqueueActivationMessages(
  deps: MessageDeps,
  event: EventOf<'model.activated'>,
): Promise<void> {
  const { facet, version, replaced, versionId, activatedAt } = event
  await enqueueOne(deps, 'model.activated', 'public', async () => ({
    key: [versionId, activatedAt],
    timestamp: activatedAt,
    data: { id: versionId, facet, version, replaced, ...(await describeVersion(deps, facet, version)) },
  }))
}

/** Enqueues messages about a model version that the gate refused. */
export async function enqueueRefusalMessages(
  deps: MessageDeps,
  { facet, version, active, versionId }: EventOf<'model.refused'>,
): Promise<void> {
  await enqueueOne(deps, 'model.refused', 'public', async () => {
    const { createdAt, ...described } = await describeVersion(deps, facet, version)
    return {
      key: [versionId],
      timestamp: createdAt,
      data: { id: versionId, facet, version, active, ...described },
    }
  })
}

async function describeVersion({ versions, facets }: MessageDeps, facetName: string, number: number) {
  const { report, reason, createdAt } = await versions.require(await facets.require(facetName), number)
  const { accuracy, coverage } = report.evaluation.candidate
  const { trainedOn, labels, reason: sentence } = report
  return { createdAt, trainedOn, labels, accuracy, coverage, gate: reason, sentence }
}

/** Enqueues messages about a difference between French and English. */
export async function enqueueParityMessages(
  deps: MessageDeps,
  { alertId, audience, raisedAt, ...found }: EventOf<'insight.parity-alert'>,
): Promise<void> {
  await enqueueOne(deps, 'insight.parity-alert', audience, async () => ({
    key: [alertId],
    timestamp: raisedAt,
    data: { id: alertId, ...found },
  }))
}

/** Enqueues messages about drift: its kinds, without the posts and words that show it. */
export async function enqueueDriftMessages(
  deps: MessageDeps,
  { facet, reportId, kinds, measuredAt }: EventOf<'drift.found'>,
): Promise<void> {
  await enqueueOne(deps, 'drift.found', 'public', async () => ({
    key: [reportId],
    timestamp: measuredAt,
    data: { id: reportId, facet, kinds },
  }))
}

/** Enqueues messages about a topic that was proposed, unless people have resolved it meanwhile. */
export async function enqueueProposalMessages(
  deps: MessageDeps,
  { topicId }: EventOf<'topic.proposed'>,
): Promise<void> {
  const read = await readTopic(deps, topicId)
  if (read?.topic.status !== 'open') return
  const { facet, figures, firstSeenAt } = read.topic
  const { posts, askers } = figures
  await enqueueOne(deps, 'topic.proposed', read.audience, async () => ({
    key: [topicId],
    timestamp: firstSeenAt,
    data: { id: topicId, facet, words: read.words, posts, askers },
  }))
}

/** Enqueues messages about a topic that a person made a label. */
export async function enqueueAcceptanceMessages(
  deps: MessageDeps,
  { topicId, facet, label }: EventOf<'topic.accepted'>,
): Promise<void> {
  const read = await readTopic(deps, topicId)
  if (read === undefined) return
  const { resolved, lastSeenAt } = read.topic
  await enqueueOne(deps, 'topic.accepted', read.audience, async () => ({
    key: [topicId],
    timestamp: resolved?.at ?? lastSeenAt,
    data: { id: topicId, facet, label, words: read.words },
  }))
}

/**
 * A topic with the widest audience that may see every post that its words are from; undefined when its posts were
 * removed meanwhile.
 */
async function readTopic({ topics }: MessageDeps, topicId: string) {
  const all = await topics.postsOf(topicId, 'internal')
  if (all.length === 0) return undefined
  const topic = await topics.require(topicId, 'internal')
  const words = topic.words.map(({ word }) => word)
  let audience: Audience = 'internal'
  for (const reader of AUDIENCES)
    if ((await topics.postsOf(topicId, reader)).length === all.length) audience = reader
  return { topic, words, audience }
}

async function enqueueOne(
  deps: MessageDeps,
  type: EventType,
  audience: Audience,
  compose: () => Promise<{ key: readonly string[]; timestamp: string; data: object }>,
): Promise<void> {
  const subject = { type, audience }
  await enqueueMessages(deps, async (isReceived) =>
    isReceived(subject) ? [{ subject, ...(await compose()) }] : [],
  )
}
