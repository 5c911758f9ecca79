import type { Actor } from '../../src/access/actor.ts'
import type { Audience } from '../../src/access/audience.ts'
import type { InsightDeps } from '../../src/insight/deps.ts'
import { figureJobs } from '../../src/insight/figure-jobs.ts'
import { createInsightStores } from '../../src/insight/stores.ts'
import { correctLabel } from '../../src/labels/annotate-thread.ts'
import type { HeldOutPrediction } from '../../src/models/gate/held-out-predictions.ts'
import { createVersionStore } from '../../src/models/registry/version-store.ts'
import { createUnlabelledStore } from '../../src/models/training/unlabelled-store.ts'
import { reviewJobs } from '../../src/review/jobs.ts'
import { triageJobs } from '../../src/triage/jobs.ts'
import { agent } from '../labels/support.ts'
import { setUpReview } from '../review/setting.ts'
import type { TestDatabase } from '../support/databases.ts'
import { drainJobs } from '../support/drain-jobs.ts'

/** Another agent, who labels as a second opinion. */
export const colleague: Actor = { id: 'key_two', name: 'Bea', roles: ['agent'], audience: 'internal' }

/**
 * Review with insight on top. By default every thread is drawn for the audit slice; `heldOut` holds the predictions of
 * training threads.
 */
export async function setUpInsight(database: Pick<TestDatabase, 'db'>, auditShare = 1) {
  const house = await setUpReview(database, auditShare)
  const heldOut: HeldOutPrediction[] = []
  const insight = {
    ...house.review,
    versions: createVersionStore(house.db, house.clock),
    unlabelled: createUnlabelledStore(house.db, auditShare),
    ...createInsightStores(
      house.db,
      house.clock,
      house.deps.starterExamples,
      async ({ number: version }) => ({
        version,
        labels: [...new Set(heldOut.map(({ truth }) => truth))],
        rows: heldOut,
      }),
    ),
  } satisfies InsightDeps
  return {
    ...house,
    insight,
    heldOut,
    drain: () =>
      drainJobs(house.deps, [...triageJobs(house.deps), ...reviewJobs(house.review), ...figureJobs(insight)]),

    /** An agent's annotation, by default given blind. */
    label: (threadId: string, label: string, { by = agent, blind = true, facet = 'category' } = {}) =>
      correctLabel(house.deps, { threadId, facet, label, blind, actor: by }),

    /** An agent's annotations of many threads, without events. */
    async labelAll(labels: ReadonlyMap<string, string>, blind = true) {
      const facet = await house.facets.require('category')
      const ids = await house.facets.ensureLabels(facet.id, [...new Set(labels.values())])
      // Later than the model was made, which otherwise might have learned from them.
      house.clock.advance(1)
      await house.deps.annotations.append(
        [...labels].map(([threadId, label]) => ({
          threadId,
          facetId: facet.id,
          labelId: ids.get(label)!,
          ...({ provenance: 'agent', blind } as const),
        })),
        agent,
      )
    },

    /** Stores threads that a model of the words `invoice` (billing) and `antenna` (network) can tell apart. */
    async ask(
      threads: readonly AskedThread[],
      audience: Extract<Audience, 'internal' | 'public'> = 'public',
    ) {
      await house.store(
        threads.map(({ id, says, language = 'en' }) => ({ id, title: `About ${says} ${id}`, language })),
        { name: `forum ${audience}`, audience },
      )
      await house.announce(threads.map(({ id }) => id))
    },
  }
}

export interface AskedThread {
  readonly id: string
  readonly says: string
  readonly language?: string
}

export type InsightSetting = Awaited<ReturnType<typeof setUpInsight>>

/** A model of two words; of anything else it is not sure. */
export const KEYWORDS = { invoice: 'billing', antenna: 'network' }
