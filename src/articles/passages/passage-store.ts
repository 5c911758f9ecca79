import type { Knex } from 'knex'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { acceptedAnswers, joinAcceptances, joinPosts, threadsShowing } from '../../threads/readable-posts.ts'
import type { CitationFlag, CitationSection } from '../citation.ts'
import type { Passage, PassageCitation, StoredPassage } from './passage.ts'

interface PassageRow {
  id: string
  article_id: string
  section: CitationSection
  position: number
  text: string
}

interface CitationRow {
  passage_id: string
  article_id: string
  post_id: string
  excerpt: string
  post_hash: string
  accepted: boolean | number
  answers: string
  flag: CitationFlag | null
  flagged_at: string | null
}

/** A cited post as it is now. */
export interface PostState {
  readonly body: string
  readonly kind: 'question' | 'answer' | 'comment'
  readonly accepted: boolean
  /** The thread that shows it. */
  readonly threadId: string
}

/** A citation of a stored passage, with its post as it is now. */
export interface StoredCitation extends PassageCitation {
  readonly articleId: string
  readonly passage: Pick<StoredPassage, 'id' | 'section' | 'text'>
  /** Absent when the post was removed. */
  readonly now?: PostState
}

const ROWS_A_STATEMENT = 100

export type PassageStore = ReturnType<typeof createPassageStore>

/** The passages of the latest revision of each article, and what they rest on, whoever may see it. */
export function createPassageStore(db: Database, clock: Clock) {
  const passages = () => db.sql<PassageRow>('article_passages')
  const citations = () => db.sql<CitationRow>('passage_citations')

  return {
    /** The passages of an article, in the order of its sections. */
    async of(articleId: string): Promise<StoredPassage[]> {
      const rows = await passages().where({ article_id: articleId }).orderBy(['position', 'id'])
      const cited = await citations().where({ article_id: articleId }).orderBy('post_id')
      return rows.map(({ id, section, text }) => ({
        id,
        section,
        text,
        citations: cited.filter(({ passage_id }) => passage_id === id).map(toCitation),
      }))
    },

    /** Replaces the passages of an article, which must be locked. A passage without an id gets one. */
    async replace(articleId: string, all: readonly Passage[]): Promise<StoredPassage[]> {
      const own = citations().where({ article_id: articleId })
      // In the order of `lock`, so that neither waits for the other.
      if (db.dialect === 'postgres') await own.clone().orderBy(['passage_id', 'post_id']).forUpdate()
      await own.delete()
      await passages().where({ article_id: articleId }).delete()
      // A passage without text stands for a citation.
      const kept = all.filter(({ text, citations: cited }) => text !== '' || cited.length > 0)
      const stored = kept.map(
        (each): StoredPassage => ({ ...each, id: each.id ?? newId('psg', clock.now()) }),
      )
      await insert(
        passages,
        stored.map(({ id, section, text }, position) => ({
          id,
          article_id: articleId,
          section,
          position,
          text,
        })),
      )
      await insert(
        citations,
        stored.flatMap(({ id, citations: cited }) =>
          cited.map((each): CitationRow => ({ passage_id: id, article_id: articleId, ...toColumns(each) })),
        ),
      )
      return stored
    },

    /** The citations of these posts, and those of other posts of their threads. */
    async aboutPosts(postIds: readonly string[]): Promise<StoredCitation[]> {
      const threads = threadsShowing(db, postIds)
      const query = joinAcceptances(db, joinPosts(db.sql('passage_citations as c'), 'c.post_id'))
        .join('article_passages as g', 'g.id', 'c.passage_id')
        .where((about) => about.whereIn('c.post_id', postIds).orWhereIn('p.thread_id', threads))
        .select('c.*', 'g.section', 'g.text', 'p.body', 'p.kind', 'p.thread_id', {
          accepted_now: 'a.post_id',
        })
        .orderBy(['c.article_id', 'g.position', 'c.post_id'])
      const rows: (CitationRow & JoinedPost)[] = await query
      return rows.map(withPost)
    },

    /** Keeps other processes from flagging citations until the transaction ends. */
    async lock(found: readonly StoredCitation[]): Promise<void> {
      if (db.dialect !== 'postgres') return
      const ids = [...new Set(found.map(({ passage }) => passage.id))]
      await citations().whereIn('passage_id', ids).orderBy(['passage_id', 'post_id']).forUpdate()
    },

    /** The posts that each of these articles cites. */
    async citedBy(articleIds: readonly string[]): Promise<Map<string, Set<string>>> {
      const rows = await citations()
        .whereIn('article_id', [...new Set(articleIds)])
        .distinct('article_id', 'post_id')
      const cited = new Map<string, Set<string>>()
      for (const { article_id, post_id } of rows)
        cited.set(article_id, (cited.get(article_id) ?? new Set()).add(post_id))
      return cited
    },

    /** The accepted answers that each of these threads shows now. */
    acceptedIn: (threadIds: readonly string[]) => acceptedAnswers(db, threadIds),

    /**
     * Changes a citation.
     *
     * @returns when it was flagged; undefined where it has no flag now
     */
    async update(
      { passage, postId }: StoredCitation,
      change: Partial<Pick<PassageCitation, 'excerpt' | 'hash'>> & {
        readonly flag: CitationFlag | undefined
      },
    ): Promise<string | undefined> {
      const flaggedAt = change.flag === undefined ? undefined : isoNow(clock)
      await citations()
        .where({ passage_id: passage.id, post_id: postId })
        .update({
          flag: change.flag ?? null,
          flagged_at: flaggedAt ?? null,
          ...(change.hash === undefined ? {} : { post_hash: change.hash }),
          ...(change.excerpt === undefined ? {} : { excerpt: JSON.stringify(change.excerpt) }),
        })
      return flaggedAt
    },
  }

  async function insert(table: () => Knex.QueryBuilder, rows: readonly object[]): Promise<void> {
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
      await table().insert(rows.slice(from, from + ROWS_A_STATEMENT))
  }
}

interface JoinedPost {
  section: CitationSection
  text: string
  body: string | null
  kind: PostState['kind']
  thread_id: string
  accepted_now: string | null
}

function withPost(row: CitationRow & JoinedPost): StoredCitation {
  const { passage_id: id, section, text, body, kind, thread_id: threadId } = row
  return {
    ...toCitation(row),
    articleId: row.article_id,
    passage: { id, section, text },
    now: body === null ? undefined : { body, kind, threadId, accepted: row.accepted_now !== null },
  }
}

function toCitation(row: CitationRow): PassageCitation {
  return {
    postId: row.post_id,
    excerpt: JSON.parse(row.excerpt),
    hash: row.post_hash,
    accepted: Boolean(row.accepted),
    answers: JSON.parse(row.answers),
    flag: row.flag ?? undefined,
    flaggedAt: row.flagged_at ?? undefined,
  }
}

function toColumns(citation: PassageCitation): Omit<CitationRow, 'passage_id' | 'article_id'> {
  return {
    post_id: citation.postId,
    excerpt: JSON.stringify(citation.excerpt),
    post_hash: citation.hash,
    accepted: citation.accepted,
    answers: JSON.stringify(citation.answers),
    flag: citation.flag ?? null,
    flagged_at: citation.flaggedAt ?? null,
  }
}
