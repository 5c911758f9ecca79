export { analyseQuery, type QueryAnalysis, type QueryGroup } from './analyse-query.ts'
export { type Bm25fParameters, DEFAULT_RANKING, type FieldParameters } from './bm25f.ts'
export {
  createSearchEngine,
  type SearchEngine,
  type SearchEngineOptions,
  type SearchQuery,
  type SearchResult,
} from './create-search-engine.ts'
export { AUDIENCES, type Audience, type DocumentKind, openness, type SearchDocument } from './document.ts'
export { engineErrors } from './errors.ts'
export type { SearchFilter } from './filter.ts'
export { makeSnippet, type Snippet, type SnippetOptions } from './snippet.ts'
export type { Hit } from './top-hits.ts'
