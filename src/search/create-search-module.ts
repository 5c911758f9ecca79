import type { Access } from '../access/create-access.ts'
import type { Labels } from '../labels/create-labels.ts'
import type { Clock } from '../platform/clock.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import type { Threads } from '../threads/create-threads.ts'
import { INDEXING, searchJobs } from './jobs.ts'
import { createJudgementStore } from './judgements/judgement-store.ts'
import { createSearch } from './search.ts'
import { saveSynonyms } from './synonyms/save-synonyms.ts'

export type SearchModule = ReturnType<typeof createSearchModule>

/** What people look for: the index of threads and articles, and near-duplicates of a question. */
export function createSearchModule(
  { config, db, clock, log, jobs, outbox }: Platform,
  {
    access,
    threads,
    labels,
  }: {
    readonly access: Pick<Access, 'audit'>
    readonly threads: Threads
    readonly labels: Pick<Labels, 'threadLabels'>
  },
) {
  const search = createSearch(db, {
    home: config.home,
    log,
    isWriting: askedOnceASecond(clock, () => jobs.areWaiting(INDEXING.jobs, INDEXING.events)),
    recording: { clock, jobs, outbox, identifiers: config.identifiers, keptDays: config.searchLogDays },
  })
  const { threadLabels } = labels
  const { store, searching } = search.synonyms
  const judgements = createJudgementStore(db, clock, config.identifiers)
  const deps = { db, clock, audit: access.audit, store }
  return {
    ...search,
    ...bindUseCases(deps, { saveSynonyms }),
    jobs: searchJobs({
      db,
      clock,
      jobs,
      search,
      threads,
      threadLabels,
      keptDays: config.searchLogDays,
    }),
    async routes() {
      const [{ searchRoutes }, { synonymRoutes }, { judgedRoutes }, { abandonmentRoutes }] =
        await Promise.all([
          import('./routes.ts'),
          import('./synonyms/synonym-routes.ts'),
          import('./judgements/judged-routes.ts'),
          import('./abandonment/abandonment-routes.ts'),
        ])
      const { synonyms, log: searches } = search
      const judging = { ...deps, ...searching, judgements, synonyms }
      return [
        searchRoutes({ search, threads }),
        synonymRoutes({ ...judging, searches }),
        judgedRoutes({ ...judging, search }),
        abandonmentRoutes({ search }),
      ]
    },
  } satisfies Module & Record<string, unknown>
}

const SECOND_MS = 1_000

/** What a question was answered within this second: whoever asks in vain costs one read a second, not one each. */
function askedOnceASecond<Answer>(clock: Clock, ask: () => Promise<Answer>): () => Promise<Answer> {
  let last: { readonly at: number; readonly answer: Promise<Answer> } | undefined
  return () => {
    const at = Math.floor(clock.now().getTime() / SECOND_MS)
    if (last?.at !== at) {
      const asked = { at, answer: ask() }
      last = asked
      asked.answer.catch(() => {
        if (last === asked) last = undefined
      })
    }
    return last.answer
  }
}
