import { isUtf8 } from 'node:buffer'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Actor } from '../../access/actor.ts'
import type { CodedError } from '../../platform/errors.ts'
import { sourceErrors } from '../../sources/errors.ts'
import { type ArticleContent, contentOf } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { applyEdit } from '../edit-article.ts'
import { articleErrors } from '../errors.ts'
import { tidy } from '../exports/markdown-file.ts'
import { readerOf } from '../readable-articles.ts'
import { addArticle } from './add-article.ts'
import { importErrors } from './errors.ts'
import { type FoundOptions, importFound, readyContent } from './import-found.ts'
import { importOnce } from './import-once.ts'
import { type ImportReport, type Outcome, type Remark, ReportedOutcomes } from './import-report.ts'
import { type MarkdownArticle, readMarkdown } from './read-markdown.ts'

export interface MarkdownImport extends FoundOptions {
  readonly path: string
  readonly onRemark?: (remark: Remark) => void
}

const LONGEST_FILE = 1024 * 1024

/**
 * Imports a folder of Markdown files, or one file. A file with the id of an article changes that article's texts, if it
 * was not edited since it was exported; with an unknown id it is added under it. A file without id becomes a new
 * article, work in progress, and changes that one from then on.
 *
 * @throws CodedError FILE_NOT_FOUND, FILE_UNREADABLE
 */
export async function importMarkdown(
  deps: ArticleDeps,
  { path, onRemark, ...options }: MarkdownImport,
): Promise<ImportReport> {
  const outcomes = new ReportedOutcomes(onRemark)
  for (const file of await markdownFiles(path)) {
    const place = { file }
    let read: MarkdownArticle | undefined
    await outcomes.attempt(place, async () => {
      read = readMarkdown(await textOf(file), file)
      if (read.id === undefined) return undefined
      const { outcome, unpublished } = await importNamed(deps, { ...read, id: read.id }, file, options.actor)
      if (unpublished !== undefined) outcomes.leaveUnpublished(place, unpublished)
      return outcome
    })
    if (read === undefined || read.id !== undefined) continue
    const { content, createdAt, updatedAt } = read
    const externalId = relative(path, file).split(sep).join('/') || file.slice(file.lastIndexOf(sep) + 1)
    const found = { place, externalId, content, createdAt, updatedAt, isRestricted: false } as const
    await importFound(deps, { ...found, confidence: 'wip' }, options, outcomes)
  }
  return outcomes.report
}

interface Imported {
  readonly outcome: Outcome
  readonly unpublished?: CodedError
}

/** Imports a file with an id. */
async function importNamed(
  deps: ArticleDeps,
  { id, ...read }: MarkdownArticle & { readonly id: string },
  file: string,
  actor: Actor,
): Promise<Imported> {
  const content = await readyContent(read.content)
  return importOnce(deps.db, async () => {
    if (!(await deps.articles.exists(id))) {
      const { confidence = 'wip', audience = 'internal', createdAt, updatedAt, publishedAt } = read
      const wanted = { ...content, id, confidence, audience, createdAt, updatedAt, publishedAt }
      const { unpublished } = await addArticle(deps, wanted, actor)
      return { outcome: 'new', unpublished }
    }
    const article = await deps.articles.requireForChange(id, readerOf(actor))
    const { revision = article.revision, confidence = article.confidence, audience = article.audience } = read
    const isState = confidence === article.confidence && audience === article.audience
    if (!isState && revision === article.revision)
      throw importErrors.MARKDOWN_STATE_DIFFERS({
        file,
        id,
        confidence: article.confidence,
        audience: article.audience,
      })
    const changed = changedIn(contentOf(article), read.content)
    if (changed.length === 0) return { outcome: 'same' }
    if (read.revision === undefined)
      throw importErrors.MARKDOWN_FIELD_INVALID({
        file,
        line: 1,
        field: 'revision',
        expected: 'the revision that was edited, because the article exists already',
      })
    if (revision !== article.revision)
      throw articleErrors.ARTICLE_CONFLICT({ id, revision: article.revision })
    const change = Object.fromEntries(changed.map((name) => [name, content[name]]))
    await applyEdit(deps, { id, revision, change, actor })
    return { outcome: 'changed' }
  })
}

/** What differs from an article, apart from blank lines around sections, which a file does not keep. */
function changedIn(before: ArticleContent, after: ArticleContent): (keyof ArticleContent)[] {
  const names = Object.keys(before) as (keyof ArticleContent)[]
  return names.filter((name) => tidy(before[name]) !== tidy(after[name]))
}

/** The Markdown files of a folder and its folders, by name; or the one file. */
async function markdownFiles(path: string): Promise<string[]> {
  const facts = await stat(path).catch((cause) => {
    throw sourceErrors.FILE_NOT_FOUND({ file: path }, { cause })
  })
  if (!facts.isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter(
      (entry) => entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name) && !entry.name.startsWith('.'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function textOf(file: string): Promise<string> {
  const { size } = await stat(file)
  if (size > LONGEST_FILE) throw importErrors.MARKDOWN_TOO_LONG({ file, limit: LONGEST_FILE })
  const bytes = await readFile(file)
  if (!isUtf8(bytes)) throw importErrors.MARKDOWN_NOT_UTF8({ file })
  return bytes.toString('utf8')
}
