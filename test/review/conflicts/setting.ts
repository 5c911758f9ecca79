import type { Actor } from '../../../src/access/actor.ts'
import { correctLabel } from '../../../src/labels/annotate-thread.ts'
import { createAuditSliceStore } from '../../../src/models/training/audit-slice-store.ts'
import { createSecondOpinionStore } from '../../../src/review/audit/second-opinions.ts'
import type { GroundKind } from '../../../src/review/conflicts/conflict.ts'
import { type ConflictJobDeps, conflictJobs } from '../../../src/review/conflicts/conflict-jobs.ts'
import { createConflictStore } from '../../../src/review/conflicts/conflict-store.ts'
import { createLabelIssueStore } from '../../../src/review/conflicts/label-issue-store.ts'
import { showConflicts } from '../../../src/review/conflicts/show-conflicts.ts'
import { createSkipStore } from '../../../src/review/skips/skip-store.ts'
import { addLabels, addThreads, agent, setUpLabels } from '../../labels/support.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'

export const aude: Actor = agent
export const ben: Actor = { ...agent, id: 'key_ben', name: 'Ben' }
export const chloe: Actor = { ...agent, id: 'key_chloe', name: 'Chloé' }
export const manager: Actor = {
  id: 'key_km',
  name: 'Karim',
  roles: ['knowledge-manager'],
  audience: 'internal',
}

export const LABELS = ['billing', 'contract', 'network']

/** The conflict inbox on labels, with three threads; `secondOpinionShare` of ratings get a second one requested. */
export async function setUpConflicts(database: Pick<TestDatabase, 'db'>, secondOpinionShare = 0) {
  const labels = await setUpLabels(database)
  const { db, clock } = labels
  const facet = await addLabels(labels, 'category', LABELS)
  const deps = {
    ...labels,
    secondOpinionShare,
    conflicts: createConflictStore(db, clock),
    labelIssues: createLabelIssueStore(db, clock),
    skips: createSkipStore(db, clock),
    auditSlice: createAuditSliceStore(db, clock),
    secondOpinions: createSecondOpinionStore(db, clock),
    log: { info: () => undefined, error: () => undefined },
  } satisfies ConflictJobDeps
  await addThreads(deps, [
    { id: 't1', title: 'Charged twice', question: 'My invoice shows it twice.' },
    { id: 't2', title: 'Billed two times', question: 'My bill shows it two times.' },
    { id: 't3', title: 'No signal', question: 'The antenna is down.' },
  ])

  return {
    ...deps,
    deps,
    facetId: facet.id,
    /** Annotates a thread as an agent does, a second after the annotation before. */
    annotate(actor: Actor, threadId: string, label: string, blind = true) {
      clock.advance(1000)
      return correctLabel(deps, { threadId, facet: 'category', label, blind, actor })
    },
    /** Does what is due. @returns the types of the jobs done */
    drain: () => drainJobs(deps, conflictJobs(deps)),
    /** The inbox as a reader sees it. */
    async inbox(query: { closed?: boolean; kind?: GroundKind } = {}, reader = manager) {
      const { audience } = reader
      const { items } = await deps.conflicts.list({ reader: audience, limit: 100, ...query })
      return showConflicts(deps, items, audience)
    },
    /** A suspect label, as a search finds it. */
    async suspect(threadId: string, likely: string, ownConfidence: number) {
      const label = (await deps.threadLabels.labelsOf([threadId])).get(threadId)![0]!
      return { threadId, annotationId: label.annotationId, likely, ownConfidence }
    },
  }
}

export type ConflictSetting = Awaited<ReturnType<typeof setUpConflicts>>
