import { createAccountStore } from '../../src/access/accounts/account-store.ts'
import type { Actor } from '../../src/access/actor.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import { createKeyStore } from '../../src/access/key-store.ts'
import { createSourceStore } from '../../src/ingest/source-store.ts'
import { createRatingStore } from '../../src/labels/agreement/rating-store.ts'
import { createAnnotationStore } from '../../src/labels/annotation-store.ts'
import { ensureCategoryFacet } from '../../src/labels/define-facet.ts'
import { createFacetStore } from '../../src/labels/facet-store.ts'
import { createGuidelineStore } from '../../src/labels/guidelines/guideline-store.ts'
import { createRevocationStore } from '../../src/labels/revocations/revocation-store.ts'
import { createStarterExampleStore } from '../../src/labels/starter-example-store.ts'
import { createThreadLabelStore } from '../../src/labels/thread-label-store.ts'
import { isoNow } from '../../src/platform/clock.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { createOutbox } from '../../src/platform/jobs/events.ts'
import { createJobStore } from '../../src/platform/jobs/job-store.ts'
import { createProtectionStore } from '../../src/threads/protections/protection-store.ts'
import { createThreadStore } from '../../src/threads/thread-store.ts'
import type { TestDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'

export const agent: Actor = { id: 'key_agent', name: 'Aude', roles: ['agent'], audience: 'internal' }
export const supervisor: Actor = { id: 'key_sup', name: 'Sam', roles: ['supervisor'], audience: 'internal' }
export const outsider: Actor = { id: 'key_out', name: 'Olu', roles: ['agent'], audience: 'public' }

/** Written by the suites of labels and models, in an order in which they can be emptied. */
const TABLES = [
  'events',
  'jobs',
  'audit_log',
  'conflict_grounds',
  'conflicts',
  'label_issues',
  'label_issue_searches',
  'second_opinions',
  'guideline_rulings',
  'label_guidelines',
  'thread_labels',
  'annotation_revocations',
  'revocations',
  'annotations',
  'training_leases',
  'artefact_files',
  'held_out_predictions',
  'audit_slice',
  'model_versions',
  'label_measurements',
  'thread_protections',
  'label_costs',
  'starter_examples',
  'labels',
  'facets',
  'posts',
  'threads',
  'sources',
]

/** One database for the tests of a suite, emptied for each: making one takes longer than most tests. */
export function emptiedEachTime(database: () => Promise<TestDatabase>): () => Promise<TestDatabase> {
  let made: Promise<TestDatabase> | undefined
  return async () => {
    made ??= database()
    const shared = await made
    for (const table of TABLES) await shared.db.sql(table).delete()
    return shared
  }
}

/** Everything of labels on a database, with a clock that stands still and the category facet. */
export async function setUpLabels({ db }: Pick<TestDatabase, 'db'>) {
  const clock = fakeClock('2026-01-01T00:00:00.000Z')
  const wake = () => undefined
  const deps = {
    db,
    clock,
    facets: createFacetStore(db, clock),
    starterExamples: createStarterExampleStore(db),
    annotations: createAnnotationStore(db, clock),
    accounts: createAccountStore(db, clock),
    keys: createKeyStore(db, clock),
    revocations: createRevocationStore(db, clock),
    threadLabels: createThreadLabelStore(db),
    ratings: createRatingStore(db),
    guidelines: createGuidelineStore(db, clock),
    threads: createThreadStore(db),
    protections: createProtectionStore(db, clock),
    sources: createSourceStore(db, clock),
    audit: createAuditLog(db, clock),
    outbox: createOutbox(db, clock, wake),
    jobs: createJobStore(db, clock, wake),
  }
  await ensureCategoryFacet(deps.facets)
  return deps
}

export type LabelTestDeps = Awaited<ReturnType<typeof setUpLabels>>

export interface TestThread {
  readonly id: string
  readonly title?: string
  readonly question?: string
  readonly language?: string
  readonly tags?: readonly string[]
  readonly stated?: Readonly<Record<string, string>>
}

/** Puts threads into the database as an import would leave them. */
export async function addThreads(
  deps: Pick<LabelTestDeps, 'db' | 'clock' | 'sources'>,
  threads: readonly TestThread[],
  source: { name?: string; audience?: 'internal' | 'public'; labelFrom?: 'tags' } = {},
): Promise<string> {
  const { name = 'forum', audience = 'public', labelFrom } = source
  const { id: sourceId } = await deps.sources.ensure({
    name,
    format: 'ndjson',
    audience,
    ...(labelFrom && { labelFrom }),
  })
  const at = isoNow(deps.clock)
  for (let from = 0; from < threads.length; from += 100) {
    const chunk = threads.slice(from, from + 100)
    await deps.db.sql('threads').insert(
      chunk.map((thread) => ({
        id: thread.id,
        source_id: sourceId,
        external_id: thread.id,
        title: thread.title ?? '',
        language: thread.language ?? 'en',
        tags: JSON.stringify(thread.tags ?? []),
        stated_labels: thread.stated ? JSON.stringify(thread.stated) : null,
        closed: false,
        created_at: at,
        record_hash: '',
        question_id: `${thread.id}-q`,
        updated_at: at,
      })),
    )
    await deps.db.sql('posts').insert(
      chunk.map((thread) => ({
        id: `${thread.id}-q`,
        source_id: sourceId,
        external_id: `${thread.id}-q`,
        thread_id: thread.id,
        kind: 'question',
        body: thread.question ?? '',
        created_at: at,
        record_hash: '',
        updated_at: at,
      })),
    )
  }
  return sourceId
}

/** Gives a facet labels. */
export async function addLabels(deps: LabelTestDeps, facetName: string, labels: readonly string[]) {
  const facet = await deps.facets.ensure(facetName)
  await deps.facets.ensureLabels(facet.id, labels)
  return facet
}

/** The events of a type that are waiting, as their payloads. */
export async function eventsOf(db: Database, type: string): Promise<Record<string, unknown>[]> {
  const rows = await db.sql('events').where({ type }).orderBy('id')
  return rows.map((row) => JSON.parse(row.payload))
}
