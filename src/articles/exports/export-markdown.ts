import type { ArticleDeps } from '../deps.ts'
import type { ExportFilters } from './export-records.ts'
import { markdownFile, pathOf } from './markdown-file.ts'
import { replaceFolder } from './replace-path.ts'
import { eachArticle, showArticle } from './shown-articles.ts'

export interface MarkdownExport extends ExportFilters {
  /** The folder, which an earlier export may have made. */
  readonly path: string
}

/**
 * Exports articles to a folder, a Markdown file each.
 *
 * @throws CodedError EXPORT_PATH_FOREIGN
 */
export async function exportMarkdown(
  deps: ArticleDeps,
  { path, ...filters }: MarkdownExport,
): Promise<{ readonly articles: number }> {
  return replaceFolder(path, 'markdown', async (add) => {
    let articles = 0
    for await (const article of eachArticle(deps, filters)) {
      const shown = await showArticle(deps, article, filters.audience)
      await add(pathOf(article, 'md'), markdownFile(shown))
      articles += 1
    }
    return { articles }
  })
}
