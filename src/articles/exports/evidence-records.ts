import { readablePostsAmong } from '../../threads/readable-posts.ts'
import { isReadableThread } from '../../threads/readable-threads.ts'
import { CITATION_FLAGS, CITATION_SECTIONS } from '../citation.ts'
import { readableCitations } from '../citation-store.ts'
import { articleId, integer, type RecordType, type Row, text } from './record-type.ts'

/** The threads that an article was made from. */
export const THREAD_RECORD: RecordType = {
  type: 'thread',
  table: 'article_threads',
  articleColumn: 'article_id',
  key: ['thread_id'],
  fields: { articleId, threadId: text('thread_id'), position: integer('position') },
  rowsFor: async (db, reader, articleIds) =>
    renumbered(
      await db
        .sql('article_threads as h')
        .whereIn('h.article_id', articleIds)
        .whereExists(isReadableThread(db, 'h.thread_id', reader, { which: 'unremoved' }))
        .orderBy('h.position')
        .select('h.*'),
    ),
}

/** The passages of the latest revision. */
export const PASSAGE_RECORD: RecordType = {
  type: 'passage',
  table: 'article_passages',
  articleColumn: 'article_id',
  key: ['id'],
  fields: {
    articleId,
    id: { column: 'id', kind: 'passage' },
    section: { column: 'section', kind: CITATION_SECTIONS },
    position: integer('position'),
    text: text('text'),
  },
  // Who may not see what a passage without text stands for learns nothing of it.
  rowsFor: async (db, reader, articleIds) =>
    renumbered(
      await db
        .sql('article_passages as g')
        .whereIn('g.article_id', articleIds)
        .where((shown) =>
          shown
            .whereNot('g.text', '')
            .orWhereIn('g.id', readableCitations(db, reader).select('c.passage_id')),
        )
        .orderBy(['g.position', 'g.id'])
        .select('g.*'),
    ),
}

/** The posts that passages rest on. */
export const CITATION_RECORD: RecordType = {
  type: 'citation',
  table: 'passage_citations',
  articleColumn: 'article_id',
  key: ['passage_id', 'post_id'],
  fields: {
    articleId,
    passageId: { column: 'passage_id', kind: 'passage' },
    postId: text('post_id'),
    excerpt: { column: 'excerpt', kind: 'texts' },
    postHash: text('post_hash'),
    accepted: { column: 'accepted', kind: 'boolean' },
    answers: { column: 'answers', kind: 'texts' },
    flag: { column: 'flag', kind: CITATION_FLAGS, optional: true },
    flaggedAt: { column: 'flagged_at', kind: 'time', optional: true },
  },
  rowsFor: async (db, reader, articleIds) => {
    const rows: Row[] = await readableCitations(db, reader).whereIn('c.article_id', articleIds).select('c.*')
    const answersOf = (row: Row): string[] => JSON.parse(String(row.answers))
    const shown = new Set(await readablePostsAmong(db, rows.flatMap(answersOf), reader))
    return rows.map((row) => ({
      ...row,
      // A flagged post no longer says what it said.
      excerpt: row.flag === null ? row.excerpt : '[]',
      answers: JSON.stringify(answersOf(row).filter((id) => shown.has(id))),
    }))
  },
}

/** Numbers rows within their articles, in the order in which they come: a gap would tell of rows that are left out. */
function renumbered(rows: readonly Row[]): Row[] {
  const counts = new Map<unknown, number>()
  return rows.map((row) => {
    const position = counts.get(row.article_id) ?? 0
    counts.set(row.article_id, position + 1)
    return { ...row, position }
  })
}
