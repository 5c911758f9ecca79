import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Actor, commandLine, type Role } from '../../src/access/actor.ts'
import type { Audience } from '../../src/access/audience.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import { createArticleStore } from '../../src/articles/article-store.ts'
import { createCitationStore } from '../../src/articles/citation-store.ts'
import { draftRoutes } from '../../src/articles/drafts/draft-routes.ts'
import { createDraftStore } from '../../src/articles/drafts/draft-store.ts'
import { articleJobs } from '../../src/articles/jobs.ts'
import { createRevisionStore } from '../../src/articles/revision-store.ts'
import { articleRoutes } from '../../src/articles/routes.ts'
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
  readonly labels?: Readonly<Record<string, string>>
}

export type World = Awaited<ReturnType<typeof openWorld>>

/** Threads, labels, search and articles on a test's database, as one process has them. */
export async function openWorld(address: TestDatabase) {
  const { db, home } = address
  const clock = fakeClock('2026-01-10T08:00:00.000Z')
  const wake = () => undefined
  const jobs = createJobStore(db, clock, wake)
  const log = { info: wake, warn: wake }
  const stores = {
    db,
    outbox: createOutbox(db, clock, wake),
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
    revisions: createRevisionStore(db),
    drafts: createDraftStore(db, clock),
    citations: createCitationStore(db, clock),
    search: createSearch(db, { home, log }),
  }
  await ensureCategoryFacet(deps.facets)
  const handlers = [...labelJobs(deps), ...searchJobs(deps), ...articleJobs(deps)]

  return {
    ...deps,
    address,

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

    /** The HTTP surface; a key is the name of one of `actors`. */
    async app(actors: readonly Actor[] = [manager]) {
      const routes = [articleRoutes(deps), draftRoutes(deps), searchRoutes(deps)]
      const resolveKey = async (token: string) => actors.find(({ name }) => name === token)
      const { app } = await buildTestApp(address, routes, { clock, resolveKey })
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
          body: answer.body === '' ? undefined : answer.json(),
          etag: answer.headers.etag as string | undefined,
        }
      }
    },
  }
}

function recordsOf(
  id: string,
  { question, title = `Thread ${id}`, answers = [], tags, labels }: ThreadFixture,
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
    { type: 'thread', id, title, createdAt, ...(tags ? { tags } : {}), ...(labels ? { labels } : {}) },
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
