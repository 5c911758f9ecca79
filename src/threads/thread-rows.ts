import type { Knex } from 'knex'
import type { Audience } from '../access/audience.ts'
import { HOME } from '../ingest/rows/recompute-threads.ts'
import type { Database } from '../platform/database/database.ts'
import type { MemberRole, PostKind } from '../sources/record.ts'
import { audienceNow } from './protections/protection-queries.ts'
import type { Author, Post, Thread, ThreadFacts, ThreadLink } from './thread.ts'

/** Columns of `threads as t` joined with `sources as s`. */
export const threadColumns = (db: Database) => ({
  id: 't.id',
  source_id: 't.source_id',
  source: 's.name',
  audience: audienceNow(db),
  external_id: 't.external_id',
  title: 't.title',
  language: 't.language',
  url: 't.url',
  tags: 't.tags',
  views: 't.views',
  closed: 't.closed',
  stated_labels: 't.stated_labels',
  facts: 't.facts',
  question_id: 't.question_id',
  answer_count: 't.answer_count',
  accepted_count: 't.accepted_count',
  first_answered_at: 't.first_answered_at',
  created_at: 't.created_at',
  updated_at: 't.updated_at',
  merged_into: 't.merged_into',
  split_from: 't.split_from',
})

/** Selects what is shown of posts, `p`: with their authors, votes and acceptances. */
export function joinPostDetails(db: Database, query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .leftJoin('members as m', 'm.id', 'p.author_id')
    .leftJoin('votes as v', 'v.post_id', 'p.id')
    .leftJoin('acceptances as a', (on) => on.on('a.post_id', 'p.id').andOn('a.thread_id', db.sql.raw(HOME)))
    .select({
      id: 'p.id',
      kind: 'p.kind',
      parent_id: 'p.parent_id',
      author_id: 'm.id',
      author_name: 'm.name',
      author_role: 'm.role',
      author_reputation: 'm.reputation',
      body: 'p.body',
      accepted: 'a.post_id',
      score: 'p.score',
      up: 'v.up',
      down: 'v.down',
      created_at: 'p.created_at',
      edited_at: 'p.edited_at',
      record_hash: 'p.record_hash',
      home_id: 'p.home_id',
    })
}

export interface ThreadRow {
  id: string
  source_id: string
  source: string
  audience: Audience
  external_id: string
  title: string
  language: string
  url: string | null
  tags: string
  views: number | null
  closed: boolean | number
  stated_labels: string | null
  facts: string | null
  question_id: string | null
  answer_count: number
  accepted_count: number
  first_answered_at: string | null
  created_at: string
  updated_at: string
  merged_into: string | null
  split_from: string | null
}

export interface FactsRow extends ThreadRow {
  question: string | null
  asker_role: MemberRole | null
  asker_reputation: number | null
}

export interface PostRow {
  id: string
  kind: PostKind
  parent_id: string | null
  author_id: string | null
  author_name: string | null
  author_role: MemberRole | null
  author_reputation: number | null
  body: string
  accepted: string | null
  score: number | null
  up: number | null
  down: number | null
  created_at: string
  edited_at: string | null
  record_hash: string
  home_id: string | null
}

export interface LinkRow {
  threadId: string
  title: string
  kind: ThreadLink['kind']
  likeness: number | null
}

export function toThread(row: ThreadRow): Thread {
  return {
    ...common(row),
    externalId: row.external_id,
    url: row.url ?? undefined,
    questionId: row.question_id ?? undefined,
    mergedInto: row.merged_into ?? undefined,
    splitFrom: row.split_from ?? undefined,
  }
}

export function toFacts(row: FactsRow): ThreadFacts {
  return {
    ...common(row),
    question: row.question ?? '',
    askerRole: row.asker_role ?? 'unknown',
    askerReputation: row.asker_reputation ?? undefined,
  }
}

function common(row: ThreadRow) {
  return {
    id: row.id,
    sourceId: row.source_id,
    source: row.source,
    audience: row.audience,
    title: row.title,
    language: row.language,
    tags: JSON.parse(row.tags) as string[],
    views: row.views ?? undefined,
    closed: Boolean(row.closed),
    statedLabels: JSON.parse(row.stated_labels ?? '{}') as Thread['statedLabels'],
    facts: JSON.parse(row.facts ?? '{}') as Thread['facts'],
    answerCount: row.answer_count,
    resolved: row.accepted_count > 0,
    firstAnsweredAt: row.first_answered_at ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export function toPost(row: PostRow): Post {
  const author = toAuthor(row)
  return {
    id: row.id,
    kind: row.kind,
    parentId: row.parent_id ?? undefined,
    author,
    body: row.body,
    accepted: row.accepted !== null,
    score: row.score ?? undefined,
    votes: row.up !== null && row.down !== null ? { up: row.up, down: row.down } : undefined,
    createdAt: row.created_at,
    editedAt: row.edited_at ?? undefined,
    homeThreadId: row.home_id ?? undefined,
    hash: row.record_hash,
  }
}

export function toLink({ likeness, ...link }: LinkRow, direction: ThreadLink['direction']): ThreadLink {
  return { ...link, likeness: likeness ?? undefined, direction }
}

function toAuthor(row: PostRow): Author | undefined {
  if (row.author_id === null || row.author_name === null || row.author_role === null) return undefined
  return {
    id: row.author_id,
    name: row.author_name,
    role: row.author_role,
    reputation: row.author_reputation ?? undefined,
  }
}
