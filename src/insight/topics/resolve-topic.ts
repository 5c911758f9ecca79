import type { Actor } from '../../access/actor.ts'
import { createLabel } from '../../labels/define-facet.ts'
import type { LabelDeps } from '../../labels/deps.ts'
import { type Facet, type Label, labelName } from '../../labels/facet.ts'
import { CodedError } from '../../platform/errors.ts'
import type { NewJob } from '../../platform/jobs/job-store.ts'
import type { TopicAccepted } from './events.ts'
import { type Topic, topicErrors } from './topic.ts'
import type { TopicStore } from './topic-store.ts'

export interface TopicDeps extends LabelDeps {
  readonly topics: TopicStore
}

export const ANNOTATE_JOB = 'insight.annotate-topic'

export interface TopicAcceptance {
  readonly id: string
  /** The facet that gets the label; by default the topic's own. */
  readonly facet?: string
  /** Name of the label, which is created unless the facet has it. */
  readonly name: string
  readonly description?: string
  /** Whether a job annotates its posts in the actor's name, but for those that an agent has labelled. */
  readonly annotate?: boolean
  readonly actor: Actor
}

/**
 * Accepts a topic as a label. Its posts stay with the topic as suggestions for that label; they are annotated on
 * request only.
 *
 * @throws CodedError TOPIC_NOT_FOUND, TOPIC_RESOLVED, FACET_NOT_FOUND, LABEL_EMPTY
 */
export async function acceptTopic(deps: TopicDeps, acceptance: TopicAcceptance): Promise<Topic> {
  const { id, actor, annotate = false } = acceptance
  const topic = await deps.topics.require(id, actor.audience)
  const facet = await deps.facets.require(acceptance.facet ?? topic.facet)
  return deps.db.transaction(async () => {
    const label = await ensureLabel(deps, facet, acceptance)
    await resolve(deps, topic, 'accepted', actor, label.id)
    await deps.audit.record('topic.accepted', actor, id, {
      before: { status: topic.status },
      after: { status: 'accepted', facet: facet.name, label: label.name, annotate },
    })
    const event: TopicAccepted = {
      type: 'topic.accepted',
      topicId: id,
      facet: facet.name,
      facetId: facet.id,
      label: label.name,
    }
    await deps.outbox.append(event)
    if (annotate) await deps.jobs.enqueue(annotation(id, actor))
    return deps.topics.require(id, actor.audience)
  })
}

function annotation(topicId: string, { requestId: _, ...actor }: Actor): NewJob {
  return { type: ANNOTATE_JOB, payload: { topicId, actor }, dedupeKey: `${ANNOTATE_JOB}:${topicId}` }
}

/** Says that a topic is no label: it is not proposed again. @throws CodedError TOPIC_NOT_FOUND, TOPIC_RESOLVED */
export async function dismissTopic(
  deps: TopicDeps,
  { id, reason, actor }: { readonly id: string; readonly reason?: string; readonly actor: Actor },
): Promise<Topic> {
  const topic = await deps.topics.require(id, actor.audience)
  return deps.db.transaction(async () => {
    await resolve(deps, topic, 'dismissed', actor)
    await deps.audit.record('topic.dismissed', actor, id, {
      before: { status: topic.status },
      after: { status: 'dismissed', reason },
    })
    return deps.topics.require(id, actor.audience)
  })
}

async function resolve(
  { topics }: TopicDeps,
  { id }: Topic,
  status: 'accepted' | 'dismissed',
  actor: Actor,
  labelId?: string,
): Promise<void> {
  if (await topics.resolve(id, status, { actor, labelId })) return
  const { status: resolved } = await topics.require(id, actor.audience)
  throw topicErrors.TOPIC_RESOLVED({ id, status: resolved })
}

async function ensureLabel(
  deps: TopicDeps,
  facet: Facet,
  { name, description, actor }: TopicAcceptance,
): Promise<Label> {
  try {
    return await createLabel(deps, { facet: facet.name, label: name, description, actor })
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'LABEL_EXISTS') throw error
    return deps.facets.requireLabel(facet, labelName(name))
  }
}
