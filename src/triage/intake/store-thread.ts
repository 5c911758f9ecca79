import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { ensureReadableSource } from '../../ingest/readable-sources.ts'
import { sourceIds } from '../../ingest/rows/source-ids.ts'
import { requireSourceName } from '../../ingest/source-name.ts'
import { storedTime } from '../../platform/stated-time.ts'
import type { BodyFormat, MemberRole, SourceRecord, ThreadRecord } from '../../sources/record.ts'
import type { IntakeDeps } from '../deps.ts'
import { type Outcome, routeStored, type StoredThread, writeRecords } from './write-records.ts'

/** Who wrote a post, as the platform knows them. */
export interface PostAuthor {
  /** Their id on the platform. */
  readonly id: string
  readonly name?: string
  readonly role?: MemberRole
  readonly reputation?: number
}

/** What a platform states about any post. */
export interface StatedPost {
  /** The platform's own id. */
  readonly id: string
  readonly body: string
  /** `markdown` by default. */
  readonly format?: BodyFormat
  /** ISO 8601; the time of the first request by default. */
  readonly createdAt?: string
  readonly author?: PostAuthor
}

/** A question that a platform states, with everything that it knows of its thread. */
export interface StatedThread
  extends StatedPost,
    Partial<Pick<ThreadRecord, 'title' | 'language' | 'tags' | 'url' | 'views' | 'closed' | 'facts'>> {
  /** Name of the source. */
  readonly source: string
  /** What the source is, where this is its first thread; `api` by default. */
  readonly sourceFormat?: string
  /** Who may see the source's threads, where this is its first; `internal` by default. */
  readonly audience?: Audience
}

/**
 * Stores the question that a platform states, or what changed of it, and routes its thread at once. The same again
 * changes nothing; a statement without `createdAt` keeps the date that is stored.
 *
 * @throws CodedError SOURCE_NOT_FOUND, SOURCE_AUDIENCE_FORBIDDEN, SOURCE_NAME_INVALID, POST_SOURCE_REFUSED
 */
export async function storeThread(
  deps: IntakeDeps,
  { actor, ...stated }: StatedThread & { readonly actor: Actor },
): Promise<StoredThread> {
  const { threadId, outcome } = await deps.db.transaction(async () => {
    const wanted = {
      name: requireSourceName(stated.source),
      format: stated.sourceFormat ?? 'api',
      audience: stated.audience ?? 'internal',
    } as const
    const source = await ensureReadableSource(deps.sources, wanted, actor)
    // One request of a source at a time, so that two of one thread agree on its date.
    await deps.sources.lock(source.id)
    const id = sourceIds(source.name).thread(stated.id)
    const records = await recordsOf(deps, id, stated)
    const applied = await writeRecords(deps, source.name, records)
    const outcome: Outcome = applied.threads.new > 0 ? 'new' : changed(applied) ? 'changed' : 'unchanged'
    if (outcome !== 'unchanged')
      await deps.audit.record('thread.posted', actor, id, {
        after: { source: source.name, externalId: stated.id, outcome },
      })
    return { threadId: id, outcome }
  })
  return routeStored(deps, threadId, outcome)
}

function changed({ threads, posts }: Awaited<ReturnType<typeof writeRecords>>): boolean {
  return threads.changed + posts.changed + posts.new > 0
}

/**
 * Without the time at which they hold: requests of a source come one at a time, and the last one counts, whatever the
 * clocks of the hosts say.
 */
async function recordsOf(deps: IntakeDeps, id: string, stated: StatedThread): Promise<SourceRecord[]> {
  const stored = await deps.threads.find(id, 'internal')
  const question = await deps.threads.placeOfQuestion(id)
  const now = deps.clock.now().toISOString()
  const createdAt = timeOf(stated.createdAt) ?? stored?.createdAt ?? now
  return [
    ...memberRecords(stated.author),
    {
      type: 'thread',
      id: stated.id,
      title: stated.title ?? '',
      createdAt,
      tags: stated.tags ?? [],
      language: stated.language?.toLowerCase().split('-')[0],
      url: stated.url,
      views: stated.views,
      closed: stated.closed,
      facts: stated.facts,
    },
    {
      type: 'post',
      // A platform may number its threads and posts apart.
      id: question?.externalId ?? `question-${stated.id}`,
      kind: 'question',
      threadId: stated.id,
      authorId: stated.author?.id,
      body: stated.body,
      format: stated.format ?? 'markdown',
      createdAt,
    },
  ]
}

/** A time as records state it. @throws CodedError TIME_UNKNOWN */
export function timeOf(given: string | undefined): string | undefined {
  return given === undefined ? undefined : storedTime(given)
}

/** What is stated of an author beside the id; nothing is changed where nothing is. */
export function memberRecords(author: PostAuthor | undefined): SourceRecord[] {
  if (author === undefined) return []
  const { id, name = id, role, reputation } = author
  const isStated = author.name !== undefined || role !== undefined || reputation !== undefined
  return isStated ? [{ type: 'member', id, name, role, reputation }] : []
}
