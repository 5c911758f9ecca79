import type { Access } from '../access/create-access.ts'
import type { Ingest } from '../ingest/create-ingest.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import type { Threads } from '../threads/create-threads.ts'
import { measureFacetAgreement } from './agreement/measure-agreement.ts'
import { correctLabel, correctLabels, revokeAnnotation, ruleOnLabel } from './annotate-thread.ts'
import { stateCost, stateCosts } from './costs/state-costs.ts'
import { changeFacet, changeLabel, createFacet, createLabel, ensureCategoryFacet } from './define-facet.ts'
import { createFacetStore } from './facet-store.ts'
import { labelJobs, revocationJobs } from './jobs.ts'
import { labelImportedThreads } from './label-imported-threads.ts'
import { ensureMessageKindFacet } from './message-kind.ts'
import type { RevocationStore } from './revocations/revocation-store.ts'
import { restoreRevocation, revokeTogether } from './revocations/revoke-together.ts'
import { createStarterExampleStore } from './starter-example-store.ts'
import { createLabelStores } from './stores.ts'

export type Labels = ReturnType<typeof createLabels>

/** Facets and their labels; annotations, rulings, and the labels in force that they add up to. */
export function createLabels(
  platform: Platform,
  earlier: {
    readonly access: Pick<Access, 'accounts' | 'audit' | 'keys'>
    readonly ingest: Pick<Ingest, 'sources'>
    readonly threads: Pick<Threads, 'require' | 'requireShown' | 'facts' | 'idsAfter'>
  },
) {
  const { db, clock, outbox, jobs } = platform
  const { access, ingest, threads } = earlier
  const facets = createFacetStore(db, clock)
  const starterExamples = createStarterExampleStore(db)
  const stores = createLabelStores(db, clock)
  const deps = {
    ...stores,
    db,
    clock,
    outbox,
    jobs,
    facets,
    threads,
    sources: ingest.sources,
    audit: access.audit,
    accounts: access.accounts,
    keys: access.keys,
  }
  const revocations: Pick<RevocationStore, 'list'> = stores.revocations
  return {
    facets,
    starterExamples,
    annotations: stores.annotations,
    threadLabels: stores.threadLabels,
    ratings: stores.ratings,
    guidelines: stores.guidelines,
    revocations,
    ...bindUseCases(deps, {
      createFacet,
      changeFacet,
      createLabel,
      changeLabel,
      stateCost,
      stateCosts,
      correctLabel,
      correctLabels,
      revokeAnnotation,
      ruleOnLabel,
      labelImportedThreads,
      measureFacetAgreement,
      revokeTogether,
      restoreRevocation,
    }),

    /** Makes the facets that every community has, where they are not there yet. */
    async ensureFacets(): Promise<void> {
      await ensureCategoryFacet(facets)
      await ensureMessageKindFacet({ db, facets, starterExamples, outbox })
    },

    jobs: [...labelJobs(deps), ...revocationJobs(deps)],
    async routes() {
      const [{ labelRoutes }, { costRoutes }, { revocationRoutes }] = await Promise.all([
        import('./routes.ts'),
        import('./costs/routes.ts'),
        import('./revocations/routes.ts'),
      ])
      return [labelRoutes(deps), costRoutes(deps), revocationRoutes(deps)]
    },
  } satisfies Module & Record<string, unknown>
}
