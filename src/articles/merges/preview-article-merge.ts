import type { Actor } from '../../access/actor.ts'
import type { Article } from '../article.ts'
import { CITATION_SECTIONS, type CitationSection } from '../citation.ts'
import { readerOf } from '../readable-articles.ts'
import { governanceOf } from '../rights/governance.ts'
import type { JoinedPassage } from './join-articles.ts'
import { joinPair, type MergeDeps, type MergeRefusal, mergeRefusals, requireMergeable } from './mergeable.ts'

export type MergedArticle = Pick<
  Article,
  'id' | 'title' | 'language' | 'confidence' | 'audience' | 'revision'
>

/** What a merge of two articles would do. */
export interface ArticleMergePreview {
  /** The article that would be archived. */
  readonly merged: MergedArticle
  /** The article that would say what both say. */
  readonly into: MergedArticle
  readonly sections: readonly {
    readonly section: CitationSection
    readonly merged: string
    readonly into: string
    readonly result: string
  }[]
  readonly passages: readonly JoinedPassage[]
  /** How much would count for the other article, as far as the actor may know of it. */
  readonly moves: {
    readonly threads: number
    readonly uses: number
    readonly feedback: number
    readonly reports: number
  }
  readonly refusals: readonly Pick<MergeRefusal, 'confirm' | 'error'>[]
  /** Whether the other article would leave its readers until its new text is approved. */
  readonly lapses: boolean
  /** Whether the article has a draft, which stays with it. */
  readonly hasDraft: boolean
  readonly isMerged: boolean
}

/**
 * What merging an article into another would do. Changes nothing.
 *
 * @throws CodedError as the merge would for what no confirmation lifts: ARTICLE_NOT_FOUND, ARTICLE_MERGE_…, ARTICLE_MERGED,
 *   ARTICLE_ARCHIVED, ARTICLE_NEEDS_…
 */
export async function previewArticleMerge(
  deps: MergeDeps,
  { id, into: intoId, actor }: { readonly id: string; readonly into: string; readonly actor: Actor },
): Promise<ArticleMergePreview> {
  const reader = readerOf(actor)
  const article = await deps.articles.require(id, reader)
  const into = await deps.articles.require(intoId, reader)
  const pair = { article, into }
  const isMerged = await requireMergeable(deps, pair, actor)
  const { content, joined } = await joinPair(deps, pair, [])
  const { kind } = await governanceOf(deps, into)
  const counts = await deps.moves.countMovable(id, into.id, actor.audience)
  const threads = await deps.citations.readableAmong(await deps.articles.threadsOf(id), actor.audience)
  const { draft } = await deps.drafts.find(id)
  const isEdited = content.issue + content.environment + content.resolution + content.cause !== textOf(into)
  return {
    merged: presentSide(article),
    into: presentSide(into),
    sections: CITATION_SECTIONS.map((section) => ({
      section,
      merged: article[section],
      into: into[section],
      result: content[section],
    })),
    passages: joined,
    moves: { ...counts, threads: threads.length },
    refusals: isMerged ? [] : await mergeRefusals(deps, pair, content),
    lapses: isEdited && kind === 'compliance' && into.confidence === 'validated',
    hasDraft: draft !== undefined && (await deps.drafts.isOpenTo(id, actor.audience)),
    isMerged,
  }
}

function textOf({ issue, environment, resolution, cause }: Article): string {
  return issue + environment + resolution + cause
}

function presentSide({ id, title, language, confidence, audience, revision }: Article): MergedArticle {
  return { id, title, language, confidence, audience, revision }
}
