import type { Knex } from 'knex'
import type { Audience } from '../access/audience.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import {
  commonAudience,
  joinAcceptances,
  joinPosts,
  joinReadableMembers,
  joinReadablePosts,
  lockAmong,
} from '../threads/readable-posts.ts'
import { readableThreads } from '../threads/readable-threads.ts'
import type { Citation, CitationFlag, CitationSection, CitationView, StoredCitation } from './citation.ts'

interface CitationRow {
  article_id: string
  section: CitationSection
  post_id: string
  post_hash: string
  accepted: boolean | number
  flag: CitationFlag | null
  flagged_at: string | null
}

/** A member who wrote a cited post. */
export interface Author {
  readonly id: string
  readonly name: string
}

export type CitationStore = ReturnType<typeof createCitationStore>

/** Citations and authors of articles; a reader sees those whose source they may see. */
export function createCitationStore(db: Database, clock: Clock) {
  const citations = () => db.sql<CitationRow>('article_citations')
  const keyOf = (articleId: string, { section, postId }: Citation) => ({
    article_id: articleId,
    section,
    post_id: postId,
  })

  /** Citations by a condition, with their posts as they are now. */
  async function find(condition: (query: Knex.QueryBuilder) => void): Promise<StoredCitation[]> {
    const query = joinAcceptances(db, joinPosts(db.sql('article_citations as c'), 'c.post_id'))
      .select('c.*', 'p.body', { accepted_now: 'a.post_id' })
      .orderBy(['c.article_id', 'c.section', 'c.post_id'])
    condition(query)
    const rows: (CitationRow & { body: string | null; accepted_now: string | null })[] = await query
    return rows.map((row) => ({
      articleId: row.article_id,
      section: row.section,
      postId: row.post_id,
      hash: row.post_hash,
      accepted: Boolean(row.accepted),
      flag: row.flag ?? undefined,
      now: row.body === null ? undefined : { body: row.body, accepted: row.accepted_now !== null },
    }))
  }

  return {
    /** Adds the citations of a new article, and the authors of the cited posts. */
    async add(articleId: string, cited: readonly Citation[], memberIds: readonly string[]): Promise<void> {
      const rows = cited.map((citation) => ({
        ...keyOf(articleId, citation),
        post_hash: citation.hash,
        accepted: citation.accepted,
      }))
      if (rows.length > 0) await citations().insert(rows)
      const authors = [...new Set(memberIds)].map((id) => ({ article_id: articleId, member_id: id }))
      if (authors.length > 0) await db.sql('article_authors').insert(authors)
    },

    /** The citations of an article that the reader may see; one of a removed post is internal. */
    async of(articleId: string, reader: Audience): Promise<CitationView[]> {
      const rows: (CitationRow & { author: string | null })[] = await readableCitations(db, reader)
        .where('c.article_id', articleId)
        .select('c.*', { author: 'm.name' })
        .orderBy(['c.section', 'p.created_at', 'c.post_id'])
      return rows.map((row) => ({
        section: row.section,
        postId: row.post_id,
        author: row.author ?? undefined,
        flag: row.flag ?? undefined,
        flaggedAt: row.flagged_at ?? undefined,
      }))
    },

    /** Article id → how many of its citations have a flag that the reader may see; without those that have none. */
    async flagCounts(articleIds: readonly string[], reader: Audience): Promise<Map<string, number>> {
      const rows: { id: string; n: number | string }[] = await readableCitations(db, reader)
        .whereNotNull('c.flag')
        .whereIn('c.article_id', articleIds)
        .groupBy('c.article_id')
        .select({ id: 'c.article_id' })
        .count('* as n')
      return new Map(rows.map(({ id, n }) => [id, Number(n)]))
    },

    /** The authors of an article that the reader may see, by name. */
    async authors(articleId: string, reader: Audience): Promise<Author[]> {
      return joinReadableMembers(db.sql('article_authors as w'), 'w.member_id', reader)
        .where('w.article_id', articleId)
        .orderBy(['m.name', 'm.id'])
        .select('m.id', 'm.name')
    },

    /** Whether the reader may see the thread that an article came from. */
    async isThreadReadable(threadId: string, reader: Audience): Promise<boolean> {
      const query = readableThreads(db, reader, { which: 'unremoved' })
      return (await query.where('t.id', threadId).first('t.id')) !== undefined
    },

    /** The widest audience that may see everything an article was made from. */
    permittedAudience: (articleId: string): Promise<Audience> =>
      commonAudience(db, {
        posts: db.sql('article_citations').where({ article_id: articleId }).select('post_id'),
        threads: db.sql('articles').where({ id: articleId }).select('thread_id'),
      }),

    /** A locked thread among those that an article was made from; its id. */
    lockedThread: (articleId: string): Promise<string | undefined> =>
      lockAmong(db, {
        posts: db.sql('article_citations').where({ article_id: articleId }).select('post_id'),
        threads: db.sql('articles').where({ id: articleId }).select('thread_id'),
      }),

    /** Keeps other processes from flagging citations of these posts until the transaction ends. */
    async lock(postIds: readonly string[]): Promise<void> {
      const rows = citations().whereIn('post_id', postIds).orderBy(['article_id', 'section', 'post_id'])
      if (db.dialect === 'postgres') await rows.forUpdate()
    },

    /** The citations of these posts. */
    ofPosts: (postIds: readonly string[]) => find((query) => query.whereIn('c.post_id', postIds)),
    /** All citations of an article. */
    ofArticle: (articleId: string) => find((query) => query.where('c.article_id', articleId)),

    /**
     * Sets the flag of a citation, or clears it.
     *
     * @returns when it was flagged; undefined when its flag was cleared
     */
    async flag(citation: StoredCitation, flag: CitationFlag | undefined): Promise<string | undefined> {
      const flaggedAt = flag === undefined ? undefined : isoNow(clock)
      await citations()
        .where(keyOf(citation.articleId, citation))
        .update({ flag: flag ?? null, flagged_at: flaggedAt ?? null })
      return flaggedAt
    },

    /** Makes a citation cite its post as that is now, without a flag; removes it when its post was removed. */
    async renew(citation: StoredCitation, hash: string | undefined, accepted: boolean): Promise<void> {
      const row = citations().where(keyOf(citation.articleId, citation))
      if (hash === undefined) await row.delete()
      else await row.update({ post_hash: hash, accepted, flag: null, flagged_at: null })
    },
  }
}

/** Citations, as `c`, that a reader may see, with their posts, as `p`, and the authors of these, as `m`. */
function readableCitations(db: Database, reader: Audience): Knex.QueryBuilder {
  return joinReadablePosts(db.sql('article_citations as c'), 'c.post_id', reader)
}

/** Ids of articles with a flag that the reader may see, for use inside a query. */
export function flaggedArticles(db: Database, reader: Audience): Knex.QueryBuilder {
  return readableCitations(db, reader).whereNotNull('c.flag').select('c.article_id')
}

/** Ids of articles made from posts of a member whom the reader may see, for use inside a query. */
export function articlesBy(db: Database, memberId: string, reader: Audience): Knex.QueryBuilder {
  return joinReadableMembers(db.sql('article_authors as w'), 'w.member_id', reader)
    .where('w.member_id', memberId)
    .select('w.article_id')
}
