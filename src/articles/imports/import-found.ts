import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { CodedError } from '../../platform/errors.ts'
import type { ArticleContent } from '../article.ts'
import { contentOf } from '../article.ts'
import { bodyHash } from '../citation.ts'
import type { ArticleDeps } from '../deps.ts'
import { applyEdit, withoutHtml } from '../edit-article.ts'
import { readerOf } from '../readable-articles.ts'
import { linkImported } from '../translations/link-imported.ts'
import { addArticle } from './add-article.ts'
import { importErrors } from './errors.ts'
import type { FoundArticle } from './found-article.ts'
import { AddedMeanwhile, importOnce } from './import-once.ts'
import type { ReportedOutcomes } from './import-report.ts'

export interface FoundOptions {
  /** The name of the system that they come from. */
  readonly source: string
  /** Who may see those that everyone may see there. */
  readonly audience: Audience
  readonly actor: Actor
}

const LONGEST_TITLE = 500
const LONGEST_SECTION = 100_000

/**
 * Brings an article up to date with where it comes from, in one transaction: adds it, edits it if it changed there, and
 * leaves it alone if it was edited here too.
 */
export async function importFound(
  deps: ArticleDeps,
  found: FoundArticle,
  options: FoundOptions,
  outcomes: ReportedOutcomes,
): Promise<void> {
  await outcomes.attempt(found.place, async () => {
    const content = await readyContent(found.content)
    const { outcome, unpublished } = await importOnce(deps.db, () =>
      apply(deps, { ...found, content }, options),
    )
    if (unpublished !== undefined) outcomes.leaveUnpublished(found.place, unpublished)
    return outcome
  })
}

interface Applied {
  readonly outcome: 'new' | 'changed' | 'same'
  readonly unpublished?: CodedError
}

async function apply(deps: ArticleDeps, found: FoundArticle, options: FoundOptions): Promise<Applied> {
  const { content, externalId, section, translationGroup, createdAt, updatedAt, confidence } = found
  const { source, actor } = options
  const contentHash = hashOf(content)
  const before = await deps.origins.find(source, externalId)
  if (before === undefined) {
    const wanted = {
      ...content,
      confidence,
      audience: found.isRestricted ? 'internal' : options.audience,
      createdAt,
      updatedAt: updatedAt ?? createdAt,
      publishedAt: updatedAt ?? createdAt,
    } as const
    const { article, unpublished } = await addArticle(deps, wanted, actor)
    const origin = { source, externalId, articleId: article.id, section, translationGroup, contentHash }
    if (!(await deps.origins.add(origin))) throw new AddedMeanwhile()
    if (translationGroup !== undefined) await linkImported(deps, article, { source, translationGroup, actor })
    return { outcome: 'new', unpublished }
  }
  const origin = { ...before, section, translationGroup }
  if (before.contentHash === contentHash) {
    await deps.origins.update(origin)
    return { outcome: 'same' }
  }
  const { articleId: id } = before
  const article = await deps.articles.requireForChange(id, readerOf(actor))
  // Whoever published it here since has not edited it.
  const current = hashOf(contentOf(article))
  if (current !== contentHash && current !== before.contentHash) throw importErrors.IMPORT_CONFLICT({ id })
  await deps.origins.update({ ...origin, contentHash })
  if (current === contentHash) return { outcome: 'same' }
  await applyEdit(deps, { id, revision: article.revision, change: content, actor })
  return { outcome: 'changed' }
}

/**
 * Content as articles keep it: without HTML.
 *
 * @throws CodedError IMPORT_RECORD_INVALID where it is too long
 */
export async function readyContent(content: ArticleContent): Promise<ArticleContent> {
  const ready = { ...content, title: content.title.trim(), ...(await withoutHtml(content)) }
  const { title, language: _, ...sections } = ready
  if (title === '') throw importErrors.IMPORT_RECORD_INVALID({ reason: 'the title is empty' })
  const fault =
    title.length > LONGEST_TITLE
      ? `the title is longer than ${LONGEST_TITLE} characters`
      : Object.entries(sections)
          .filter(([, text]) => text.length > LONGEST_SECTION)
          .map(([name]) => `the ${name} is longer than ${LONGEST_SECTION} characters`)[0]
  if (fault !== undefined) throw importErrors.IMPORT_RECORD_INVALID({ reason: fault })
  return ready
}

function hashOf({ title, issue, environment, resolution, cause, language }: ArticleContent): string {
  return bodyHash(JSON.stringify([title, issue, environment, resolution, cause, language]))
}
