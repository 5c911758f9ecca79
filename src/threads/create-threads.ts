import type { Access } from '../access/create-access.ts'
import type { Ingest } from '../ingest/create-ingest.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import { mergeThread, unmergeThread } from './merge-thread.ts'
import { createProtectionStore } from './protections/protection-store.ts'
import { confirmRelease, requestRelease, withdrawRelease } from './protections/release-thread.ts'
import { splitThread, unsplitThread } from './split-thread.ts'
import { createThreadStore } from './thread-store.ts'

export type Threads = ReturnType<typeof createThreads>

/** Threads, posts and members as people see them, with the merges and splits that agents made. */
export function createThreads(
  platform: Platform,
  { access, ingest }: { readonly access: Pick<Access, 'audit'>; readonly ingest: Pick<Ingest, 'sources'> },
) {
  const { config, db, clock, outbox } = platform
  const { identifiers } = config
  const threads = createThreadStore(db)
  const protections = createProtectionStore(db, clock)
  const releasing = { db, outbox, threads, protections, audit: access.audit }
  const deps = { db, clock, outbox, threads, protections, audit: access.audit, sources: ingest.sources }
  return {
    ...threads,
    protections,
    ...bindUseCases(releasing, { requestRelease, confirmRelease, withdrawRelease }),
    ...bindUseCases(deps, { mergeThread, unmergeThread, splitThread, unsplitThread }),
    jobs: [],
    async routes() {
      const [{ threadRoutes }, { personalDataRoutes }, { curateRoutes }, { protectionRoutes }] =
        await Promise.all([
          import('./routes.ts'),
          import('./personal-data-routes.ts'),
          import('./merge-routes.ts'),
          import('./protections/protection-routes.ts'),
        ])
      return [
        threadRoutes({ threads, protections, clock }),
        personalDataRoutes({ threads, identifiers }),
        curateRoutes(deps),
        protectionRoutes(releasing),
      ]
    },
  } satisfies Module & Record<string, unknown>
}
