import type { Access } from '../access/create-access.ts'
import type { Labels } from '../labels/create-labels.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import type { SearchModule } from '../search/create-search-module.ts'
import type { Threads } from '../threads/create-threads.ts'
import type { Triage } from '../triage/create-triage.ts'
import { createAddressStore } from './addresses/address-store.ts'
import { type ArticleStore, createArticleStore } from './article-store.ts'
import { candidateJobs } from './candidates/candidate-jobs.ts'
import { countCandidates, listCandidates } from './candidates/candidate-list.ts'
import { createCandidateStore } from './candidates/candidate-store.ts'
import { createDecisionStore } from './candidates/decisions/decision-store.ts'
import type { CandidateDeps } from './candidates/deps.ts'
import { createOrder } from './candidates/in-order.ts'
import { createWeightStore } from './candidates/ranking/weight-store.ts'
import { createReadings } from './candidates/typing/readings.ts'
import { type CitationStore, createCitationStore } from './citation-store.ts'
import { createCoachingSettings } from './coaching/coaching-settings.ts'
import { createLinkJudgementStore } from './coaching/link-judgement-store.ts'
import type { CoachingDeps } from './coaching/sample.ts'
import { createScoreStore } from './coaching/score-store.ts'
import { type CreditsSetting, createCreditsSetting } from './credits/credits.ts'
import { createDraftStore } from './drafts/draft-store.ts'
import { previewDraft } from './drafts/preview-draft.ts'
import { editArticle } from './edit-article.ts'
import { exportJsonLines } from './exports/export-json-lines.ts'
import type { MarkdownExport } from './exports/export-markdown.ts'
import type { SiteExport } from './exports/site/export-site.ts'
import { createGapStore } from './gaps/gap-store.ts'
import { importArticles } from './imports/import-articles.ts'
import type { MarkdownImport } from './imports/import-markdown.ts'
import { importRecords } from './imports/import-records.ts'
import { createOriginStore } from './imports/origin-store.ts'
import { articleJobs } from './jobs.ts'
import { createMergeStore } from './merges/merge-store.ts'
import { createMoveStore } from './merges/move-store.ts'
import { createPassageStore } from './passages/passage-store.ts'
import { createPhrasingStore } from './phrasings/phrasing-store.ts'
import { decideOnFindings, showPersonalData } from './privacy/decide-on-findings.ts'
import { createWaiverStore } from './privacy/waiver-store.ts'
import { previewMerge } from './promotion/preview-merge.ts'
import { promoteThread } from './promotion/promote-thread.ts'
import { promoteThreads } from './promotion/promote-threads.ts'
import { promoteTogether } from './promotion/promote-together.ts'
import { archiveArticle, publishArticle } from './publication/publish-article.ts'
import { createPublishedArticles } from './reading/published-articles.ts'
import { findFormer, readArticle } from './reading/read-article.ts'
import { createReadRecorder } from './reads/read-recorder.ts'
import { createCheckStore } from './reviews/check-store.ts'
import type { ReviewDeps } from './reviews/find-reviews.ts'
import { createReviewDecisionStore } from './reviews/review-decision-store.ts'
import { reviewJobs } from './reviews/review-jobs.ts'
import { createReviewSettings } from './reviews/review-settings.ts'
import { createReviewStore } from './reviews/review-store.ts'
import { createRevisionStore } from './revision-store.ts'
import { createApprovalStore } from './rights/approval-store.ts'
import { createCategoryStore } from './rights/category-store.ts'
import { createHttpProposer } from './translations/http-proposer.ts'
import { createLockStore } from './translations/lock-store.ts'
import { createTranslationStore } from './translations/translation-store.ts'
import { createFeedbackStore } from './use/feedback-store.ts'
import { giveFeedback } from './use/give-feedback.ts'
import { createReportStore } from './use/report-store.ts'
import { createUseStore } from './use/use-store.ts'

/** Threads whose reading is remembered for their neighbours: up to some 0.1 MB each. */
const READINGS = 400

export type Articles = ReturnType<typeof createArticles>

/** Knowledge: threads promoted to drafts, their revisions and citations, and what is published of them. */
export function createArticles(
  platform: Platform,
  earlier: {
    readonly access: Pick<Access, 'accounts' | 'audit'>
    readonly threads: Threads
    readonly labels: Pick<Labels, 'facets' | 'threadLabels'>
    readonly search: Pick<
      SearchModule,
      'documents' | 'alike' | 'termWeight' | 'threadIds' | 'threadsAsking' | 'log'
    >
    readonly triage: Pick<Triage, 'protectThreads' | 'predictions' | 'measurements'>
  },
) {
  const { config, db, clock, outbox, jobs, outbound } = platform
  const { translationUrl: url, translationToken: token } = config
  const { access, threads, labels, search, triage } = earlier
  const store = createArticleStore(db, clock)
  const citationStore = createCitationStore(db)
  const citations: Pick<CitationStore, 'of'> = citationStore
  const reads = createReadRecorder(db, platform)
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
    addresses: createAddressStore(db),
    merges: createMergeStore(db, clock),
    checks: createCheckStore(db, clock),
    reads,
    revisions: createRevisionStore(db),
    drafts: createDraftStore(db, clock),
    citations: citationStore,
    origins: createOriginStore(db),
    passages: createPassageStore(db, clock),
    phrasings: createPhrasingStore(db, clock),
    waivers: createWaiverStore(db, clock),
    categories: createCategoryStore(db),
    approvals: createApprovalStore(db, clock),
    credits: createCreditsSetting(db),
    reports: createReportStore(db, clock),
    uses: createUseStore(db, clock),
    feedback: createFeedbackStore(db, clock),
    translations: createTranslationStore(db, clock),
    locks: createLockStore(db, clock),
    proposer: url === undefined ? undefined : createHttpProposer(outbound, { url, token }),
    accounts: access.accounts,
    facets: labels.facets,
    identifiers: config.identifiers,
  }
  const published = createPublishedArticles(db, deps)
  const candidates: CandidateDeps = {
    ...deps,
    predictions: triage.predictions,
    measurements: triage.measurements,
    candidates: createCandidateStore(db, clock),
    decisions: createDecisionStore(db, clock),
    weights: createWeightStore(db, clock),
    readings: createReadings(READINGS),
    inOrder: createOrder(),
  }
  const reviews: ReviewDeps = {
    ...deps,
    reviews: createReviewStore(db, clock),
    reviewSettings: createReviewSettings(db),
    reviewDecisions: createReviewDecisionStore(db, clock),
  }
  const coaching: CoachingDeps = {
    ...deps,
    coachingSettings: createCoachingSettings(db, clock),
    scores: createScoreStore(db, clock),
    linkJudgements: createLinkJudgementStore(db, clock),
  }
  const credits: Pick<CreditsSetting, 'find'> = deps.credits
  const articles: Pick<ArticleStore, 'list' | 'require' | 'visibleAmong' | 'ofThread'> = store
  return {
    articles,
    citations,
    credits,
    published,
    /** Counts that somebody outside the workbench read an article, a moment later. */
    noteReading: reads.note,
    ...bindUseCases(deps, {
      promoteThread,
      promoteTogether,
      promoteThreads,
      previewMerge,
      editArticle,
      publishArticle,
      archiveArticle,
      exportJsonLines,
      importArticles,
      importRecords,
      showPersonalData,
      decideOnFindings,
      giveFeedback,
      previewDraft,
    }),
    ...bindUseCases({ ...deps, published }, { readArticle, findFormer }),
    async exportMarkdown(request: MarkdownExport) {
      const { exportMarkdown } = await import('./exports/export-markdown.ts')
      return exportMarkdown(deps, request)
    },
    async exportSite(request: SiteExport) {
      const { exportSite } = await import('./exports/site/export-site.ts')
      return exportSite(deps, request)
    },
    async importMarkdown(request: MarkdownImport) {
      const { importMarkdown } = await import('./imports/import-markdown.ts')
      return importMarkdown(deps, request)
    },
    ...bindUseCases(candidates, { listCandidates, countCandidates }),
    jobs: [...articleJobs(deps), ...candidateJobs(candidates), ...reviewJobs(reviews)],
    /** Stores what was counted. Call this before the database is closed. */
    close: () => reads.close(),
    async routes() {
      const [
        { articleRoutes },
        { draftRoutes },
        { exportRoutes },
        { passageRoutes },
        { threadArticleRoutes },
        { privacyRoutes },
        { governanceRoutes },
        { creditsRoutes },
        { reportRoutes },
        { useRoutes },
        { translationRoutes },
        { candidateRoutes },
        { addressRoutes },
        { mergeRoutes },
        { reviewRoutes },
        { coachingRoutes },
        { phrasingRoutes },
        { gapRoutes },
      ] = await Promise.all([
        import('./routes.ts'),
        import('./drafts/draft-routes.ts'),
        import('./exports/export-routes.ts'),
        import('./passages/passage-routes.ts'),
        import('./promotion/thread-routes.ts'),
        import('./privacy/privacy-routes.ts'),
        import('./rights/governance-routes.ts'),
        import('./credits/credits-routes.ts'),
        import('./use/report-routes.ts'),
        import('./use/use-routes.ts'),
        import('./translations/translation-routes.ts'),
        import('./candidates/candidate-routes.ts'),
        import('./addresses/address-routes.ts'),
        import('./merges/merge-routes.ts'),
        import('./reviews/review-routes.ts'),
        import('./coaching/coaching-routes.ts'),
        import('./phrasings/phrasing-routes.ts'),
        import('./gaps/gap-routes.ts'),
      ])
      return [
        articleRoutes(deps),
        draftRoutes(deps),
        exportRoutes(deps),
        passageRoutes(deps),
        threadArticleRoutes(deps),
        privacyRoutes(deps),
        governanceRoutes(deps),
        creditsRoutes(deps),
        reportRoutes(deps),
        useRoutes(deps),
        translationRoutes(deps),
        candidateRoutes(candidates),
        addressRoutes(deps),
        mergeRoutes({ ...candidates, moves: createMoveStore(db) }),
        reviewRoutes(reviews),
        coachingRoutes(coaching),
        phrasingRoutes(deps),
        gapRoutes({ ...candidates, gaps: createGapStore(db, clock), groupings: new Map() }),
      ]
    },
  } satisfies Module & Record<string, unknown>
}
