import type { Knex } from 'knex'
import { AUDIENCES, type Audience } from '../access/audience.ts'
import type { Database } from '../platform/database/database.ts'
import {
  commonAudience,
  joinReadableMembers,
  joinReadablePosts,
  lockAmong,
  storedPostsAmong,
} from '../threads/readable-posts.ts'
import { readableThreads } from '../threads/readable-threads.ts'
import type { Confidence } from './article.ts'
import type { CitationFlag, CitationSection, CitationView } from './citation.ts'

interface CitationRow {
  passage_id: string
  section: CitationSection
  post_id: string
  shown_in: string | null
  flag: CitationFlag | null
  flagged_at: string | null
  author: string | null
}

interface OriginalRow {
  id: string
  audience: Audience
  confidence: Confidence
}

/** A member who wrote a cited post. */
export interface Author {
  readonly id: string
  readonly name: string
}

export type CitationStore = ReturnType<typeof createCitationStore>

/** What readers see of citations and authors of articles: those whose source they may see. */
export function createCitationStore(db: Database) {
  return {
    /** Adds the authors of cited posts to an article. */
    async addAuthors(articleId: string, memberIds: readonly string[]): Promise<void> {
      const authors = [...new Set(memberIds)].map((id) => ({ article_id: articleId, member_id: id }))
      if (authors.length > 0) await db.sql('article_authors').insert(authors).onConflict().ignore()
    },

    /** The citations of an article that the reader may see; one of a removed post is internal. */
    async of(articleId: string, reader: Audience): Promise<CitationView[]> {
      const rows: CitationRow[] = await readableCitations(db, reader)
        .join('article_passages as g', 'g.id', 'c.passage_id')
        .where('c.article_id', articleId)
        .select('c.*', 'g.section', { author: 'm.name', shown_in: 'p.thread_id' })
        .orderBy(['g.position', 'p.created_at', 'c.post_id'])
      return rows.map((row) => ({
        passageId: row.passage_id,
        section: row.section,
        postId: row.post_id,
        threadId: row.shown_in ?? undefined,
        author: row.author ?? undefined,
        flag: row.flag ?? undefined,
        flaggedAt: row.flagged_at ?? undefined,
      }))
    },

    /** Article id → how many cited posts have a flag that the reader may see; without those that have none. */
    async flagCounts(articleIds: readonly string[], reader: Audience): Promise<Map<string, number>> {
      const rows: { id: string; n: number | string }[] = await readableCitations(db, reader)
        .whereNotNull('c.flag')
        .whereIn('c.article_id', articleIds)
        .groupBy('c.article_id')
        .select({ id: 'c.article_id' })
        .countDistinct('c.post_id as n')
      return new Map(rows.map(({ id, n }) => [id, Number(n)]))
    },

    /** The authors of an article that the reader may see, by name. */
    async authors(articleId: string, reader: Audience): Promise<Author[]> {
      return joinReadableMembers(db.sql('article_authors as w'), 'w.member_id', reader)
        .where('w.article_id', articleId)
        .orderBy(['m.name', 'm.id'])
        .select('m.id', 'm.name')
    },

    /** Those of some threads that the reader may see, in their order. */
    async readableAmong(threadIds: readonly string[], reader: Audience): Promise<string[]> {
      const query = readableThreads(db, reader, { which: 'unremoved' })
      const found = new Set<string>(await query.whereIn('t.id', threadIds).pluck('t.id'))
      return threadIds.filter((id) => found.has(id))
    },

    /** Those of these posts that were ever imported. */
    storedAmong: (postIds: readonly string[]): Promise<string[]> => storedPostsAmong(db, postIds),

    /**
     * The widest audience that may see everything an article was made from, the original of a translation too; all, where
     * it was made from nothing.
     */
    async permittedAudience(articleId: string): Promise<Audience> {
      const original = await originalOf(articleId)
      const permitted = [await permittedBy(articleId)]
      if (original !== undefined) {
        permitted.push(original.audience)
        // A published original was found fit for its readers.
        if (original.confidence !== 'validated') permitted.push(await permittedBy(original.id))
      }
      return AUDIENCES.find((audience) => permitted.includes(audience)) ?? 'internal'
    },

    /** A locked thread among those that an article was made from, or its original; its id. */
    async lockedThread(articleId: string): Promise<string | undefined> {
      const original = await originalOf(articleId)
      const locked = await lockAmong(db, evidenceOf(articleId))
      return locked ?? (original === undefined ? undefined : lockAmong(db, evidenceOf(original.id)))
    },
  }

  /** What a translation is of. */
  async function originalOf(articleId: string): Promise<OriginalRow | undefined> {
    return db
      .sql('article_translations as l')
      .join('articles as o', 'o.id', 'l.original_id')
      .where('l.article_id', articleId)
      .first('o.id', 'o.audience', 'o.confidence')
  }

  async function permittedBy(articleId: string): Promise<Audience> {
    const evidence = evidenceOf(articleId)
    const one = (await evidence.posts.clone().first()) ?? (await evidence.threads.clone().first())
    return one === undefined ? 'public' : commonAudience(db, evidence)
  }

  /** Queries for the ids of all that an article was made from. */
  function evidenceOf(articleId: string) {
    return {
      posts: db.sql('passage_citations').where({ article_id: articleId }).select('post_id'),
      threads: db.sql('article_threads').where({ article_id: articleId }).select('thread_id'),
    }
  }
}

/** Citations, as `c`, that a reader may see, with their posts, as `p`, and the authors of these, as `m`. */
export function readableCitations(db: Database, reader: Audience): Knex.QueryBuilder {
  return joinReadablePosts(db.sql('passage_citations as c'), 'c.post_id', reader)
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
