import type { Database } from '../../platform/database/database.ts'

/** Where an imported article comes from, and what was imported last. */
export interface Origin {
  readonly source: string
  readonly externalId: string
  readonly articleId: string
  /** What translations of one article share. */
  readonly translationGroup?: string
  /** The section that it stood in. */
  readonly section?: string
  /** Of the content that came last. */
  readonly contentHash: string
}

interface OriginRow {
  source: string
  external_id: string
  article_id: string
  translation_group: string | null
  section: string | null
  content_hash: string
}

export type OriginStore = ReturnType<typeof createOriginStore>

/** Where imported articles come from. */
export function createOriginStore(db: Database) {
  const origins = () => db.sql<OriginRow>('article_origins')

  return {
    async find(source: string, externalId: string): Promise<Origin | undefined> {
      const row = await origins().where({ source, external_id: externalId }).first()
      return row && toOrigin(row)
    },

    async ofArticle(articleId: string): Promise<Origin | undefined> {
      const row = await origins().where({ article_id: articleId }).orderBy(['source', 'external_id']).first()
      return row && toOrigin(row)
    },

    /** Keeps where a new article comes from. @returns false if another process has just imported one from there */
    async add(origin: Origin): Promise<boolean> {
      const added: unknown[] = await origins()
        .insert(toRow(origin))
        .onConflict(['source', 'external_id'])
        .ignore()
        .returning('article_id')
      return added.length > 0
    },

    /** The articles of a group of translations, whoever may see them, in the order in which they came. */
    async articlesOfGroup(source: string, translationGroup: string): Promise<string[]> {
      return origins()
        .where({ source, translation_group: translationGroup })
        .orderBy('article_id')
        .pluck('article_id')
    },

    async update(origin: Origin): Promise<void> {
      const { source, external_id, ...rest } = toRow(origin)
      await origins().where({ source, external_id }).update(rest)
    },
  }
}

function toOrigin(row: OriginRow): Origin {
  return {
    source: row.source,
    externalId: row.external_id,
    articleId: row.article_id,
    translationGroup: row.translation_group ?? undefined,
    section: row.section ?? undefined,
    contentHash: row.content_hash,
  }
}

function toRow(origin: Origin): OriginRow {
  return {
    source: origin.source,
    external_id: origin.externalId,
    article_id: origin.articleId,
    translation_group: origin.translationGroup ?? null,
    section: origin.section ?? null,
    content_hash: origin.contentHash,
  }
}
