import { system } from '../../access/actor.ts'
import { visibleTo } from '../../access/audience.ts'
import { audienceOf, readerOf } from '../../articles/readable-articles.ts'
import { CodedError } from '../../platform/errors.ts'
import type { SendDeps } from '../deps.ts'
import type { Endpoint } from '../endpoints/endpoint.ts'
import type { ClaimedDelivery } from './delivery.ts'

type VisibilityDeps = Pick<SendDeps, 'threads' | 'articles' | 'citations' | 'topics'>

/** What the payloads of messages are about. */
interface Named {
  /** Of a topic. */
  readonly id?: string
  readonly thread?: { readonly id: string }
  readonly article?: { readonly id: string }
  readonly section?: string
  readonly postId?: string
}

/**
 * Whether a delivery may still be sent: a message waits for up to days, and may be retried by hand weeks later. Meanwhile
 * its source may have become internal, or its article may have been archived.
 */
export async function isStillVisible(
  deps: VisibilityDeps,
  { audience }: Pick<Endpoint, 'audience'>,
  { type, payload }: Pick<ClaimedDelivery, 'type' | 'payload'>,
): Promise<boolean> {
  const { data } = JSON.parse(payload) as { readonly data: Named }
  switch (type) {
    case 'question.asked':
    case 'routing.decided':
    case 'routing.sla-breached':
      return found(deps.threads.require(data.thread?.id ?? '', audience))
    case 'article.published':
      return found(deps.articles.require(data.article?.id ?? '', { audience, seesDrafts: false }))
    case 'flag.raised':
      return isFlagVisible(deps, audience, data)
    case 'topic.proposed':
    case 'topic.accepted':
      return isTopicVisible(deps, audience, data)
    // These quote no thread and no article.
    case 'model.activated':
    case 'model.refused':
    case 'drift.found':
    case 'insight.parity-alert':
      return true
  }
}

async function isFlagVisible(
  { articles, citations }: VisibilityDeps,
  audience: Endpoint['audience'],
  { article: named, section, postId }: Named,
): Promise<boolean> {
  const article = await articles.require(named?.id ?? '', readerOf(system)).catch(orUndefined)
  if (article === undefined || !visibleTo(audience).includes(audienceOf(article))) return false
  const seen = await citations.of(article.id, audience)
  return seen.some((one) => one.section === section && one.postId === postId)
}

/** The words of a topic are from its posts: whoever hears of it must see all of them. */
async function isTopicVisible(
  { topics }: VisibilityDeps,
  audience: Endpoint['audience'],
  { id = '' }: Named,
): Promise<boolean> {
  const all = await topics.postsOf(id, system.audience)
  return all.length > 0 && (await topics.postsOf(id, audience)).length === all.length
}

async function found(looked: Promise<unknown>): Promise<boolean> {
  return (await looked.catch(orUndefined)) !== undefined
}

/** For what does not exist, or not for this reader. */
function orUndefined(error: unknown): undefined {
  if (error instanceof CodedError && error.status === 404) return undefined
  throw error
}
