import type { ArticleDeps } from '../deps.ts'
import { type ExportFilters, exportRecords, FIRST_LINE } from './export-records.ts'
import { replaceFile } from './replace-path.ts'

/**
 * Exports articles to a file of JSON Lines, which only its owner may read.
 *
 * @throws CodedError EXPORT_PATH_FOREIGN
 */
export async function exportJsonLines(
  deps: Pick<ArticleDeps, 'db'>,
  { path, ...filters }: ExportFilters & { readonly path: string },
): Promise<{ readonly articles: number }> {
  let chunks = 0
  async function* counted() {
    for await (const chunk of exportRecords(deps, filters)) {
      chunks += 1
      yield chunk
    }
  }
  await replaceFile(path, FIRST_LINE, counted())
  // All but the first line and the last are an article each.
  return { articles: chunks - 2 }
}
