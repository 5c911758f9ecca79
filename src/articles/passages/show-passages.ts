import type { Actor } from '../../access/actor.ts'
import { toHtml } from '../../text/markdown/to-html.ts'
import type { CitationSection, CitationView } from '../citation.ts'
import { CITATION_SECTIONS } from '../citation.ts'
import type { ArticleDeps } from '../deps.ts'
import { readerOf } from '../readable-articles.ts'
import type { StoredPassage } from './passage.ts'
import { type ProposedChange, proposeChange } from './propose-change.ts'
import { linkDefinitions } from './section-blocks.ts'
import { createPostReader, type PostReader } from './thread-material.ts'

/** What happened to a cited post where a passage rests on it. */
export interface PassageDifference extends Pick<ProposedChange, 'before' | 'now'> {
  readonly supersededBy: string[]
  /** Whether taking the change would take the passage away. */
  readonly removes: boolean
  /** Whether the article's draft has the change already. */
  readonly inDraft: boolean
}

export interface PassageView {
  readonly id: string
  readonly section: CitationSection
  /** Markdown; empty where it stands for the whole section. */
  readonly text: string
  readonly html: string
  /** Those of its citations that the reader may see. */
  readonly citations: (Omit<CitationView, 'passageId' | 'section'> & {
    readonly difference?: PassageDifference
  })[]
  /** Whether it rests on no post; for readers who may see all that the article was made from. */
  readonly unsourced?: boolean
}

/**
 * The passages of an article, each with the posts that it rests on and what changed there, as far as the reader may see
 * them.
 *
 * @throws CodedError ARTICLE_NOT_FOUND
 */
export async function showPassages(
  deps: ArticleDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<PassageView[]> {
  const article = await deps.articles.require(id, readerOf(actor))
  const all = await deps.passages.of(id)
  const seen = await deps.citations.of(id, actor.audience)
  const seesAll = await deps.drafts.isOpenTo(id, actor.audience)
  const draft = seesAll ? (await deps.drafts.find(id)).draft : undefined
  const posts = createPostReader(deps, actor.audience)
  const definitions = new Map(
    CITATION_SECTIONS.map((section) => [section, linkDefinitions(article[section])]),
  )
  const views: PassageView[] = []
  for (const passage of all) {
    const { section, text } = passage
    const citations: PassageView['citations'] = []
    for (const { passageId: _, section: __, ...view } of seen.filter(
      (each) => each.passageId === passage.id,
    )) {
      const difference = await differenceOf({ passage, view, all, draft: draft?.content[section] }, posts)
      citations.push({ ...view, difference })
    }
    // Who may not see what it stands for learns nothing of it.
    if (text === '' && citations.length === 0) continue
    views.push({
      id: passage.id,
      section,
      text,
      html: text === '' ? '' : await toHtml(`${text}\n\n${definitions.get(section)}`),
      citations,
      unsourced: seesAll ? passage.citations.length === 0 : undefined,
    })
  }
  return views
}

async function differenceOf(
  {
    passage,
    view,
    all,
    draft,
  }: {
    readonly passage: StoredPassage
    readonly view: Pick<CitationView, 'postId' | 'threadId'>
    readonly all: readonly StoredPassage[]
    /** The section in the article's draft. */
    readonly draft: string | undefined
  },
  posts: PostReader,
): Promise<PassageDifference | undefined> {
  const citation = passage.citations.find(({ postId }) => postId === view.postId)
  if (citation?.flag === undefined) return undefined
  const proposed = await proposeChange({ passage, citation, all, threadId: view.threadId }, posts)
  const next = proposed?.replaced.get(passage.id)
  if (proposed === undefined || next === undefined) return undefined
  const isGone = draft !== undefined && passage.text !== '' && !draft.includes(passage.text)
  return {
    before: proposed.before,
    now: proposed.now,
    supersededBy: [...proposed.supersededBy],
    removes: next.text === '' && passage.text !== '',
    inDraft: isGone && draft.includes(next.text),
  }
}
