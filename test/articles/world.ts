import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAccountStore } from '../../src/access/accounts/account-store.ts'
import { type Actor, commandLine, type Proficiency, type Role } from '../../src/access/actor.ts'
import type { Audience } from '../../src/access/audience.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import { addressRoutes } from '../../src/articles/addresses/address-routes.ts'
import { createAddressStore } from '../../src/articles/addresses/address-store.ts'
import { createArticleStore } from '../../src/articles/article-store.ts'
import { createCandidateStore } from '../../src/articles/candidates/candidate-store.ts'
import { createCitationStore } from '../../src/articles/citation-store.ts'
import { coachingRoutes } from '../../src/articles/coaching/coaching-routes.ts'
import { createCoachingSettings } from '../../src/articles/coaching/coaching-settings.ts'
import { createLinkJudgementStore } from '../../src/articles/coaching/link-judgement-store.ts'
import { createScoreStore } from '../../src/articles/coaching/score-store.ts'
import { createCreditsSetting } from '../../src/articles/credits/credits.ts'
import { creditsRoutes } from '../../src/articles/credits/credits-routes.ts'
import { draftRoutes } from '../../src/articles/drafts/draft-routes.ts'
import { createDraftStore } from '../../src/articles/drafts/draft-store.ts'
import { exportRoutes } from '../../src/articles/exports/export-routes.ts'
import { createOriginStore } from '../../src/articles/imports/origin-store.ts'
import { articleJobs } from '../../src/articles/jobs.ts'
import { mergeRoutes } from '../../src/articles/merges/merge-routes.ts'
import { createMergeStore } from '../../src/articles/merges/merge-store.ts'
import { createMoveStore } from '../../src/articles/merges/move-store.ts'
import { passageRoutes } from '../../src/articles/passages/passage-routes.ts'
import { createPassageStore } from '../../src/articles/passages/passage-store.ts'
import { createPhrasingStore } from '../../src/articles/phrasings/phrasing-store.ts'
import { privacyRoutes } from '../../src/articles/privacy/privacy-routes.ts'
import { createWaiverStore } from '../../src/articles/privacy/waiver-store.ts'
import { createReadRecorder } from '../../src/articles/reads/read-recorder.ts'
import { createCheckStore } from '../../src/articles/reviews/check-store.ts'
import { createReviewDecisionStore } from '../../src/articles/reviews/review-decision-store.ts'
import { reviewJobs } from '../../src/articles/reviews/review-jobs.ts'
import { reviewRoutes } from '../../src/articles/reviews/review-routes.ts'
import { createReviewSettings } from '../../src/articles/reviews/review-settings.ts'
import { createReviewStore } from '../../src/articles/reviews/review-store.ts'
import { createRevisionStore } from '../../src/articles/revision-store.ts'
import { createApprovalStore } from '../../src/articles/rights/approval-store.ts'
import { createCategoryStore } from '../../src/articles/rights/category-store.ts'
import { governanceRoutes } from '../../src/articles/rights/governance-routes.ts'
import { articleRoutes } from '../../src/articles/routes.ts'
import { createLockStore } from '../../src/articles/translations/lock-store.ts'
import type { TranslationProposer } from '../../src/articles/translations/translation-proposer.ts'
import { translationRoutes } from '../../src/articles/translations/translation-routes.ts'
import { createTranslationStore } from '../../src/articles/translations/translation-store.ts'
import { createFeedbackStore } from '../../src/articles/use/feedback-store.ts'
import { reportRoutes } from '../../src/articles/use/report-routes.ts'
import { createReportStore } from '../../src/articles/use/report-store.ts'
import { useRoutes } from '../../src/articles/use/use-routes.ts'
import { createUseStore } from '../../src/articles/use/use-store.ts'
import { importThreads } from '../../src/ingest/imports/import-threads.ts'
import { createSourceStore } from '../../src/ingest/source-store.ts'
import { createAnnotationStore } from '../../src/labels/annotation-store.ts'
import { ensureCategoryFacet } from '../../src/labels/define-facet.ts'
import { createFacetStore } from '../../src/labels/facet-store.ts'
import { labelJobs } from '../../src/labels/jobs.ts'
import { createThreadLabelStore } from '../../src/labels/thread-label-store.ts'
import { stableId } from '../../src/platform/ids.ts'
import { createOutbox } from '../../src/platform/jobs/events.ts'
import { createJobStore } from '../../src/platform/jobs/job-store.ts'
import { searchJobs } from '../../src/search/jobs.ts'
import { searchRoutes } from '../../src/search/routes.ts'
import { createSearch } from '../../src/search/search.ts'
import { createProtectionStore } from '../../src/threads/protections/protection-store.ts'
import { createThreadStore } from '../../src/threads/thread-store.ts'
import { createPredictionStore } from '../../src/triage/predictions/prediction-store.ts'
import { protectThreads } from '../../src/triage/protect-threads.ts'
import { buildTestApp } from '../server/test-app.ts'
import type { TestDatabase } from '../support/databases.ts'
import { drainJobs } from '../support/drain-jobs.ts'
import { fakeClock } from '../support/fake-clock.ts'

export const actor = (name: string, audience: Audience, ...roles: Role[]): Actor => ({
  id: `key_${name}`,
  name,
  audience,
  roles,
})

/** A person whom an administrator declared to be trained so far. */
export const trained = (name: string, proficiency: Proficiency, audience: Audience = 'internal'): Actor => ({
  ...actor(name, audience, 'agent'),
  proficiency,
})

export const manager = actor('manager', 'internal', 'knowledge-manager')

export interface ThreadFixture {
  readonly question: string
  readonly title?: string
  readonly answers?: readonly {
    readonly body: string
    readonly score?: number
    readonly accepted?: boolean
  }[]
  readonly tags?: readonly string[]
  readonly views?: number
  readonly labels?: Readonly<Record<string, string>>
}

export type World = Awaited<ReturnType<typeof openWorld>>

/** Threads, labels, search and articles on a test's database, as one process has them. */
export async function openWorld(address: TestDatabase) {
  const { db, home } = address
  const clock = fakeClock('2026-01-10T08:00:00.000Z')
  const wake = () => undefined
  const jobs = createJobStore(db, clock, wake)
  const outbox = createOutbox(db, clock, wake)
  const log = { info: wake, warn: wake }
  const stores = {
    db,
    outbox,
    facets: createFacetStore(db, clock),
    annotations: createAnnotationStore(db, clock),
    threadLabels: createThreadLabelStore(db),
    predictions: createPredictionStore(db, clock),
    protections: createProtectionStore(db, clock),
  }
  const deps = {
    ...stores,
    clock,
    jobs,
    protectThreads: (threadIds: readonly string[]) => protectThreads(stores, threadIds),
    identifiers: [],
    audit: createAuditLog(db, clock),
    threads: createThreadStore(db),
    sources: createSourceStore(db, clock),
    articles: createArticleStore(db, clock),
    addresses: createAddressStore(db),
    merges: createMergeStore(db, clock),
    checks: createCheckStore(db, clock),
    reads: createReadRecorder(db, { clock, log }),
    revisions: createRevisionStore(db),
    drafts: createDraftStore(db, clock),
    origins: createOriginStore(db),
    citations: createCitationStore(db),
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
    accounts: createAccountStore(db, clock),
    search: createSearch(db, {
      home,
      log,
      recording: { clock, jobs, outbox, identifiers: [], keptDays: 90 },
    }),
  }
  const reviews = {
    ...deps,
    reviews: createReviewStore(db, clock),
    reviewSettings: createReviewSettings(db),
    reviewDecisions: createReviewDecisionStore(db, clock),
  }
  const coaching = {
    ...deps,
    coachingSettings: createCoachingSettings(db, clock),
    scores: createScoreStore(db, clock),
    linkJudgements: createLinkJudgementStore(db, clock),
  }
  await ensureCategoryFacet(deps.facets)
  const handlers = [
    ...labelJobs(deps),
    ...searchJobs({ ...deps, keptDays: 90 }),
    ...articleJobs(deps),
    ...reviewJobs(reviews),
  ]

  return {
    ...deps,
    address,
    /** What finds articles that are due for a review. */
    reviews,

    /** Imports threads, by name, and runs the jobs that follow. @returns a function from a thread's name to its id */
    async importThreads(
      source: string,
      audience: Audience,
      threads: Readonly<Record<string, ThreadFixture>>,
    ) {
      const file = join(home, `${source}.ndjson`)
      const lines = Object.entries(threads).flatMap(([id, thread]) => recordsOf(id, thread))
      writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      const request = { format: 'ndjson', paths: [file], source, audience, actor: commandLine }
      await importThreads(deps, request)
      await this.runJobs()
      return (name: string) => stableId('thr', source, name)
    },

    /** Runs all jobs, delayed ones too. */
    async runJobs() {
      await drainJobs(deps, handlers)
      clock.advance(10_000)
      await drainJobs(deps, handlers)
    },

    /** The HTTP surface; a key is the name of one of `actors`, and so is the cookie of a session. */
    async app(actors: readonly Actor[] = [manager], proposer?: TranslationProposer) {
      const routes = [
        articleRoutes(deps),
        addressRoutes(deps),
        mergeRoutes({ ...deps, candidates: createCandidateStore(db, clock), moves: createMoveStore(db) }),
        draftRoutes(deps),
        exportRoutes(deps),
        passageRoutes(deps),
        privacyRoutes(deps),
        governanceRoutes(deps),
        creditsRoutes(deps),
        reportRoutes(deps),
        useRoutes(deps),
        translationRoutes({ ...deps, proposer }),
        searchRoutes(deps),
        reviewRoutes(reviews),
        coachingRoutes(coaching),
      ]
      const resolveKey = async (token: string) => actors.find(({ name }) => name === token)
      const resolveSession = async (token: string) => {
        const signedIn = actors.find(({ name }) => name === token)
        return signedIn && { sessionId: token, actor: signedIn }
      }
      const { app } = await buildTestApp(address, routes, { clock, resolveKey, resolveSession })
      return async function call(
        who: string | undefined,
        method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
        url: string,
        body?: object,
        headers: Record<string, string> = {},
      ) {
        clock.advance(1)
        const answer = await app.inject({
          method,
          url: `/api${url}`,
          headers: { ...headers, ...(who === undefined ? {} : { authorization: `Bearer ${who}` }) },
          ...(body === undefined ? {} : { body }),
        })
        return {
          status: answer.statusCode,
          body: answer.body === '' ? undefined : isJson(answer) ? answer.json() : answer.body,
          etag: answer.headers.etag as string | undefined,
        }
      }
    },
  }
}

function isJson({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): boolean {
  return /\bjson\b/.test(String(headers['content-type']))
}

function recordsOf(
  id: string,
  { question, title = `Thread ${id}`, answers = [], tags, views, labels }: ThreadFixture,
): object[] {
  const createdAt = '2025-06-01T10:00:00Z'
  const posts = answers.map((answer, i) => ({
    type: 'post',
    kind: 'answer',
    id: `${id}-a${i}`,
    threadId: id,
    authorId: `helper-${i}`,
    body: answer.body,
    createdAt: `2025-06-0${i + 2}T10:00:00Z`,
    ...(answer.score === undefined ? {} : { score: answer.score }),
  }))
  const postIds = answers.flatMap(({ accepted }, i) => (accepted ? [`${id}-a${i}`] : []))
  return [
    { type: 'member', id: 'asker', name: 'Ana' },
    ...answers.map((_, i) => ({ type: 'member', id: `helper-${i}`, name: `Helper ${i}` })),
    { type: 'thread', id, title, createdAt, tags, views, labels },
    {
      type: 'post',
      kind: 'question',
      id: `${id}-q`,
      threadId: id,
      authorId: 'asker',
      body: question,
      createdAt,
    },
    ...posts,
    { type: 'acceptance', threadId: id, postIds },
  ]
}
