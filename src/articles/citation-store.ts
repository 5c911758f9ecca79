import { AUDIENCES, type Audience, visibleTo } from '../access/audience.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { CitationFlag, CitationSection, Evidence, Footing, PostState } from './citation.ts'

interface EvidenceRow {
  article_id: string
  section: CitationSection
  post_id: string
  post_hash: string
  accepted: boolean | number
  flag: CitationFlag | null
  flagged_at: string | null
}

interface CitationRow extends EvidenceRow {
  body: string | null
  accepted_now: string | null
}

/** Evidence beside what has become of its post. */
export interface Citation {
  readonly articleId: string
  readonly footing: Footing
  readonly flag?: CitationFlag
  readonly now?: PostState
}

/** Who wrote what an article is made of. */
export interface Author {
  readonly id: string
  readonly name: string
}

export type CitationStore = ReturnType<typeof createCitationStore>

/** What articles rest on, and who is to be thanked; each of it as visible as the source it came from. */
export function createCitationStore(db: Database, clock: Clock) {
  const evidence = () => db.sql<EvidenceRow>('article_citations')
  const rowOf = (articleId: string, { section, postId }: Footing) => ({
    article_id: articleId,
    section,
    post_id: postId,
  })

  /** The evidence with the posts as they are, wherever `narrow` looks. */
  async function citations(narrow: (query: ReturnType<typeof joined>) => void): Promise<Citation[]> {
    const query = joined()
    narrow(query)
    const rows: CitationRow[] = await query
    return rows.map(toCitation)
  }

  const joined = () =>
    db
      .sql('article_citations as e')
      // A post that its source removed says nothing any more.
      .leftJoin('posts as p', (on) => on.on('p.id', 'e.post_id').andOnNull('p.removed_at'))
      // A merge or split shows a post elsewhere; what is accepted is told of where the source has it.
      .leftJoin('acceptances as a', (on) =>
        on.on('a.post_id', 'p.id').andOn('a.thread_id', db.sql.raw('coalesce(p.home_id, p.thread_id)')),
      )
      .select<CitationRow[]>('e.*', 'p.body', { accepted_now: 'a.post_id' })
      .orderBy(['e.article_id', 'e.section', 'e.post_id'])

  return {
    async add(articleId: string, footings: readonly Footing[], memberIds: readonly string[]): Promise<void> {
      const rows = footings.map((footing) => ({
        ...rowOf(articleId, footing),
        post_hash: footing.hash,
        accepted: footing.accepted,
      }))
      if (rows.length > 0) await evidence().insert(rows)
      const authors = [...new Set(memberIds)].map((id) => ({ article_id: articleId, member_id: id }))
      if (authors.length > 0) await db.sql('article_authors').insert(authors)
    },

    /** What the reader may see of an article's evidence. A post that is gone cannot say who might, and is internal. */
    async of(articleId: string, reader: Audience): Promise<Evidence[]> {
      const rows: (EvidenceRow & { author: string | null })[] = await visibleEvidence(db, reader)
        .leftJoin('members as m', 'm.id', 'p.author_id')
        .where('e.article_id', articleId)
        .select('e.*', { author: 'm.name' })
        .orderBy(['e.section', 'p.created_at', 'e.post_id'])
      return rows.map((row) => ({
        section: row.section,
        postId: row.post_id,
        ...(row.author === null ? {} : { author: row.author }),
        ...(row.flag === null ? {} : { flag: row.flag }),
        ...(row.flagged_at === null ? {} : { flaggedAt: row.flagged_at }),
      }))
    },

    async authors(articleId: string, reader: Audience): Promise<Author[]> {
      return db
        .sql('article_authors as w')
        .join('members as m', 'm.id', 'w.member_id')
        .join('sources as s', 's.id', 'm.source_id')
        .where('w.article_id', articleId)
        .whereIn('s.audience', visibleTo(reader))
        .orderBy(['m.name', 'm.id'])
        .select('m.id', 'm.name')
    },

    /** Whether the reader may see the thread that an article came from. */
    async threadIsVisible(threadId: string, reader: Audience): Promise<boolean> {
      const row = await db
        .sql('threads as t')
        .join('sources as s', 's.id', 't.source_id')
        .where('t.id', threadId)
        .whereNull('t.removed_at')
        .whereIn('s.audience', visibleTo(reader))
        .first('t.id')
      return row !== undefined
    },

    /** The widest audience that may see everything an article was made from. */
    async permittedAudience(articleId: string): Promise<Audience> {
      const cited = db
        .sql('article_citations as e')
        .join('posts as p', 'p.id', 'e.post_id')
        .where('e.article_id', articleId)
        .select('p.source_id')
      const promoted = db
        .sql('articles as a')
        .join('threads as t', 't.id', 'a.thread_id')
        .where('a.id', articleId)
        .select('t.source_id')
      const rows: { audience: Audience }[] = await db
        .sql('sources')
        .whereIn('id', cited)
        .orWhereIn('id', promoted)
        .distinct('audience')
      return AUDIENCES.find((audience) => rows.some((row) => row.audience === audience)) ?? 'internal'
    },

    /** Keeps other processes from flagging evidence of these posts until the transaction ends. */
    async hold(postIds: readonly string[]): Promise<void> {
      const rows = evidence().whereIn('post_id', postIds).orderBy(['article_id', 'section', 'post_id'])
      if (db.dialect === 'postgres') await rows.forUpdate()
    },

    citing: (postIds: readonly string[]) => citations((query) => query.whereIn('e.post_id', postIds)),
    citedBy: (articleId: string) => citations((query) => query.where('e.article_id', articleId)),

    /** @returns when it was flagged; absent when its flag was taken away */
    async flag(
      { articleId, footing }: Citation,
      flag: CitationFlag | undefined,
    ): Promise<string | undefined> {
      const flaggedAt = flag === undefined ? undefined : isoNow(clock)
      await evidence()
        .where(rowOf(articleId, footing))
        .update({ flag: flag ?? null, flagged_at: flaggedAt ?? null })
      return flaggedAt
    },

    /** Lets a section rest on its post as that is now, without flag; on a post that is gone, no more. */
    async reground(
      { articleId, footing }: Citation,
      hash: string | undefined,
      accepted: boolean,
    ): Promise<void> {
      const row = evidence().where(rowOf(articleId, footing))
      if (hash === undefined) await row.delete()
      else await row.update({ post_hash: hash, accepted, flag: null, flagged_at: null })
    },
  }
}

/** Evidence (`e`) with its posts (`p`), as far as the reader may see it. */
function visibleEvidence(db: Database, reader: Audience) {
  return db
    .sql('article_citations as e')
    .leftJoin('posts as p', (on) => on.on('p.id', 'e.post_id').andOnNull('p.removed_at'))
    .leftJoin('sources as s', 's.id', 'p.source_id')
    .where((may) => {
      may.whereIn('s.audience', visibleTo(reader))
      if (reader === 'internal') may.orWhereNull('s.id')
    })
}

/** Ids of articles with a flag that the reader may see, for use inside a query. */
export function flaggedArticles(db: Database, reader: Audience) {
  return visibleEvidence(db, reader).whereNotNull('e.flag').select('e.article_id')
}

function toCitation(row: CitationRow): Citation {
  return {
    articleId: row.article_id,
    footing: {
      section: row.section,
      postId: row.post_id,
      hash: row.post_hash,
      accepted: Boolean(row.accepted),
    },
    ...(row.flag === null ? {} : { flag: row.flag }),
    ...(row.body === null ? {} : { now: { body: row.body, accepted: row.accepted_now !== null } }),
  }
}
