import { createMailer } from '../access/accounts/mailer.ts'
import type { Access } from '../access/create-access.ts'
import type { Articles } from '../articles/create-articles.ts'
import type { HelpCentre } from '../help-centre/create-help-centre.ts'
import type { Ingest } from '../ingest/create-ingest.ts'
import type { Module, Platform } from '../platform/platform.ts'
import type { SearchModule } from '../search/create-search-module.ts'
import type { Threads } from '../threads/create-threads.ts'
import type { Triage } from '../triage/create-triage.ts'
import { createAnswerLocks } from './answering/answer-locks.ts'
import { createFormTokens } from './asking/form-tokens.ts'
import { createInboxStore } from './inbox/inbox-store.ts'
import { communityJobs } from './jobs.ts'
import { createAddressStore } from './mail/address-store.ts'
import { createOutgoingStore } from './outgoing/outgoing-store.ts'
import { createQuestionStore, type QuestionStore } from './question-store.ts'

export type Community = ReturnType<typeof createCommunity>

/** What customers ask in the help centre: how it becomes a thread, is answered, and is followed by who asked. */
export function createCommunity(
  { config, db, clock, outbox, jobs, outbound }: Platform,
  earlier: {
    readonly access: Pick<Access, 'audit' | 'accounts'>
    readonly ingest: Pick<Ingest, 'sources'>
    readonly threads: Threads
    readonly search: SearchModule
    readonly triage: Triage
    readonly articles: Articles
    readonly helpCentre: Pick<HelpCentre, 'settings'>
  },
) {
  const { access, ingest, threads, search, triage, articles, helpCentre } = earlier
  const { signIn } = config
  const store = createQuestionStore(db, clock)
  const questions: Pick<QuestionStore, 'find'> = store
  const deps = {
    db,
    clock,
    outbox,
    jobs,
    signIn,
    audit: access.audit,
    sources: ingest.sources,
    questions: store,
    addresses: createAddressStore(db, clock),
    accounts: access.accounts,
    outbound,
    locks: createAnswerLocks(db, clock),
    inbox: createInboxStore(db, clock),
    outgoing: createOutgoingStore(db, clock),
    discourse: config.discourseAnswers,
    tokens: createFormTokens(db, clock),
    settings: helpCentre.settings,
    threads,
    search,
    published: articles.published,
    decisions: triage.decisions,
    ruleSets: triage.ruleSets,
    predictions: triage.predictions,
    classifyPost: triage.classifyPost,
    storeThread: triage.storeThread,
    storePost: triage.storePost,
    acceptPost: triage.acceptPost,
    withdrawPost: triage.withdrawPost,
    mayMail: signIn.mail !== undefined,
    sendMail: signIn.mail && createMailer(signIn.mail),
    publicUrl: signIn.publicUrl,
  }
  return {
    questions,
    jobs: communityJobs(deps),
    async routes() {
      const [{ questionRoutes }, { inboxRoutes }] = await Promise.all([
        import('./question-routes.ts'),
        import('./inbox/inbox-routes.ts'),
      ])
      return [questionRoutes(deps), inboxRoutes(deps)]
    },
    async pages() {
      const { communityPages } = await import('./page-routes.ts')
      return [communityPages(deps)]
    },
  } satisfies Module & Record<string, unknown>
}
