import type { Access } from '../access/create-access.ts'
import type { Labels } from '../labels/create-labels.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import type { SearchModule } from '../search/create-search-module.ts'
import type { Threads } from '../threads/create-threads.ts'
import type { Triage } from '../triage/create-triage.ts'
import { type ArticleStore, createArticleStore } from './article-store.ts'
import { type CitationStore, createCitationStore } from './citation-store.ts'
import { createDraftStore } from './drafts/draft-store.ts'
import { editArticle } from './edit-article.ts'
import { articleJobs } from './jobs.ts'
import { previewMerge } from './promotion/preview-merge.ts'
import { promoteThread } from './promotion/promote-thread.ts'
import { promoteThreads } from './promotion/promote-threads.ts'
import { archiveArticle, publishArticle } from './publication/publish-article.ts'
import { createRevisionStore } from './revision-store.ts'

export type Articles = ReturnType<typeof createArticles>

/** Knowledge: threads promoted to drafts, their revisions and citations, and what is published of them. */
export function createArticles(
  platform: Platform,
  earlier: {
    readonly access: Pick<Access, 'audit'>
    readonly threads: Pick<Threads, 'require' | 'requireShown' | 'postsOf' | 'protections'>
    readonly labels: Pick<Labels, 'threadLabels'>
    readonly search: Pick<SearchModule, 'documents'>
    readonly triage: Pick<Triage, 'protectThreads'>
  },
) {
  const { config, db, clock, outbox, jobs } = platform
  const { access, threads, labels, search, triage } = earlier
  const store = createArticleStore(db, clock)
  const citationStore = createCitationStore(db, clock)
  const citations: Pick<CitationStore, 'of'> = citationStore
  const deps = {
    db,
    clock,
    outbox,
    jobs,
    audit: access.audit,
    threads,
    protections: threads.protections,
    protectThreads: triage.protectThreads,
    threadLabels: labels.threadLabels,
    search,
    articles: store,
    revisions: createRevisionStore(db),
    drafts: createDraftStore(db, clock),
    citations: citationStore,
    identifiers: config.identifiers,
  }
  const articles: Pick<ArticleStore, 'list' | 'require' | 'visibleAmong'> = store
  return {
    articles,
    citations,
    ...bindUseCases(deps, {
      promoteThread,
      promoteThreads,
      previewMerge,
      editArticle,
      publishArticle,
      archiveArticle,
    }),
    jobs: articleJobs(deps),
    async routes() {
      const [{ articleRoutes }, { draftRoutes }, { threadArticleRoutes }] = await Promise.all([
        import('./routes.ts'),
        import('./drafts/draft-routes.ts'),
        import('./promotion/thread-routes.ts'),
      ])
      return [articleRoutes(deps), draftRoutes(deps), threadArticleRoutes(deps)]
    },
  } satisfies Module & Record<string, unknown>
}
