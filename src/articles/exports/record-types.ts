import { AUDIENCES, visibleTo } from '../../access/audience.ts'
import { joinReadableMembers } from '../../threads/readable-posts.ts'
import { CONFIDENCES } from '../article.ts'
import { hiddenCredits } from '../credits/credits.ts'
import { PHRASING_DECISIONS } from '../phrasings/phrasing.ts'
import { readableArticles } from '../readable-articles.ts'
import { PASSAGE_STATES, TRANSLATED_SECTIONS } from '../translations/translated-passage.ts'
import { CITATION_RECORD, PASSAGE_RECORD, THREAD_RECORD } from './evidence-records.ts'
import { actor, articleId, type Field, integer, type RecordType, text, time } from './record-type.ts'

const confidence: Field = { column: 'confidence', kind: CONFIDENCES }
const audience: Field = { column: 'audience', kind: AUDIENCES }

export const ARTICLE_RECORD: RecordType = {
  type: 'article',
  table: 'articles',
  articleColumn: 'id',
  key: ['id'],
  fields: {
    id: { column: 'id', kind: 'id' },
    threadId: { column: 'thread_id', kind: 'text', optional: true },
    language: text('language'),
    confidence,
    audience,
    revision: integer('revision'),
    title: text('title'),
    issue: text('issue'),
    environment: text('environment'),
    resolution: text('resolution'),
    cause: text('cause'),
    createdBy: { column: 'created_by', kind: 'actor', optional: true },
    createdAt: time('created_at'),
    updatedAt: time('updated_at'),
    publishedAt: { column: 'published_at', kind: 'time', optional: true },
  },
  computed: ['words', 'title_key', 'uses'],
}

/** What belongs to an article, in the order in which it follows its article. A new table of articles gets a line here. */
export const PART_RECORDS: readonly RecordType[] = [
  {
    type: 'revision',
    table: 'article_revisions',
    articleColumn: 'article_id',
    key: ['number'],
    fields: {
      articleId,
      number: integer('number'),
      content: { column: 'content', kind: 'content' },
      confidence,
      audience,
      ...actor,
      createdAt: time('created_at'),
    },
    // Earlier ones were for others, or said what should no longer be said; who edited is nobody else's business.
    rowsFor: async (db, _, articleIds) =>
      db
        .sql('article_revisions as r')
        .join('articles as x', (on) => on.on('x.id', 'r.article_id').andOn('x.revision', 'r.number'))
        .whereIn('r.article_id', articleIds)
        .select('r.article_id', 'r.number', 'r.content', 'r.confidence', 'r.audience', 'r.created_at'),
  },
  THREAD_RECORD,
  PASSAGE_RECORD,
  CITATION_RECORD,
  {
    type: 'author',
    table: 'article_authors',
    articleColumn: 'article_id',
    key: ['member_id'],
    fields: { articleId, memberId: text('member_id') },
    rowsFor: async (db, reader, articleIds) =>
      joinReadableMembers(db.sql('article_authors as w'), 'w.member_id', reader)
        .whereIn('w.article_id', articleIds)
        .whereNotExists(hiddenCredits(db))
        .select('w.*'),
  },
  {
    type: 'draft',
    table: 'article_drafts',
    articleColumn: 'article_id',
    key: [],
    fields: {
      articleId,
      version: integer('version'),
      content: { column: 'content', kind: 'content', optional: true },
      basedOn: integer('based_on'),
      ...actor,
      savedAt: time('saved_at'),
    },
  },
  {
    type: 'approval',
    table: 'article_approvals',
    articleColumn: 'article_id',
    key: ['revision'],
    fields: { articleId, revision: integer('revision'), ...actor, approvedAt: time('approved_at') },
  },
  {
    type: 'waiver',
    table: 'article_waivers',
    articleColumn: 'article_id',
    key: ['finding'],
    fields: {
      articleId,
      finding: text('finding'),
      reason: text('reason'),
      ...actor,
      waivedAt: time('waived_at'),
    },
  },
  {
    type: 'phrasing',
    table: 'article_phrasings',
    articleColumn: 'article_id',
    key: ['id'],
    fields: {
      articleId,
      id: text('id'),
      decision: { column: 'decision', kind: PHRASING_DECISIONS },
      text: text('text'),
      audience,
      ...actor,
      decidedAt: time('decided_at'),
    },
  },
  {
    type: 'address',
    table: 'article_addresses',
    articleColumn: 'article_id',
    key: ['language', 'slug'],
    fields: {
      articleId,
      language: text('language'),
      slug: text('slug'),
      isCurrent: { column: 'is_current', kind: 'boolean' },
      shownTo: { column: 'shown_to', kind: AUDIENCES, optional: true },
    },
    rowsFor: async (db, reader, articleIds) =>
      db
        .sql('article_addresses')
        .whereIn('article_id', articleIds)
        .where((met) => met.where({ is_current: true }).orWhereIn('shown_to', visibleTo(reader))),
  },
  {
    type: 'check',
    table: 'article_checks',
    articleColumn: 'article_id',
    key: ['id'],
    fields: {
      articleId,
      id: text('id'),
      revision: integer('revision'),
      ...actor,
      checkedAt: time('checked_at'),
    },
  },
  {
    type: 'merge',
    table: 'article_merges',
    articleColumn: 'article_id',
    key: [],
    fields: {
      articleId,
      into: { column: 'into_id', kind: 'id' },
      reason: text('reason'),
      ...actor,
      mergedAt: time('merged_at'),
    },
  },
  {
    type: 'origin',
    table: 'article_origins',
    articleColumn: 'article_id',
    key: ['source', 'external_id'],
    fields: {
      articleId,
      source: text('source'),
      externalId: text('external_id'),
      translationGroup: { column: 'translation_group', kind: 'text', optional: true },
      section: { column: 'section', kind: 'text', optional: true },
      contentHash: text('content_hash'),
    },
  },
  {
    type: 'translation',
    table: 'article_translations',
    articleColumn: 'article_id',
    key: [],
    fields: {
      articleId,
      originalId: { column: 'original_id', kind: 'id' },
      ...actor,
      linkedAt: time('linked_at'),
    },
    // Without an original that they may see, an article is no translation to its readers.
    rowsFor: async (db, reader, articleIds) =>
      db
        .sql('article_translations as l')
        .whereIn('l.article_id', articleIds)
        .whereIn(
          'l.original_id',
          readableArticles(db, { audience: reader, seesDrafts: false }).select('articles.id'),
        )
        .select('l.article_id', 'l.original_id', 'l.linked_at'),
  },
  {
    type: 'translation-passage',
    table: 'article_translation_passages',
    articleColumn: 'article_id',
    key: ['position', 'id'],
    fields: {
      articleId,
      id: text('id'),
      position: integer('position'),
      section: { column: 'section', kind: TRANSLATED_SECTIONS },
      sourceId: { column: 'source_id', kind: 'passage', optional: true },
      translatedFrom: text('translated_from'),
      text: text('text'),
      state: { column: 'state', kind: PASSAGE_STATES },
      since: { column: 'since', kind: 'time', optional: true },
      proposal: { column: 'proposal', kind: 'text', optional: true },
      version: integer('version'),
    },
  },
]
