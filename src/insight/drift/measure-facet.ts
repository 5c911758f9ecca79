import { CATEGORY } from '../../labels/facet.ts'
import { type DriftGroup, measureDrift } from '../../learning/drift/measure-drift.ts'
import { defineErrors } from '../../platform/errors.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { inTurns } from '../in-turns.ts'
import { proposeTopics } from '../topics/propose-topics.ts'
import { withExamples } from './choose-examples.ts'
import type { DriftDeps } from './deps.ts'
import type { DriftReport, DriftScope, ScopeReport, StoredReport } from './drift-report.ts'
import type { DriftFound } from './events.ts'
import { type DriftModel, writtenForms } from './read-posts.ts'

import { readWindow, type WindowThread } from './read-window.ts'
import { referenceOf, type TrainingSnapshot } from './snapshot.ts'
import { takeSnapshot, withoutLearned } from './take-snapshot.ts'

export const driftErrors = defineErrors({
  DRIFT_NO_MODEL: [
    409,
    'Facet "{facet}" has no active model version, so drift cannot be measured. Train one first.',
  ],
})

/** Fewest posts for a comparison. */
const FEWEST_POSTS = 30
const FEWEST_REFERENCE_POSTS = 50
/** Posts that are read for the forms of words. */
const POSTS_OF_WORDS = 500

const SCOPES = ['all', 'fr', 'en'] as const satisfies DriftScope[]

/**
 * Compares the posts of the last days with the training snapshot of a facet's active model, stores the report of the
 * day, and proposes topics that rise. A later report of the same day replaces the earlier one.
 *
 * @throws CodedError FACET_NOT_FOUND, DRIFT_NO_MODEL
 */
export async function measureFacet(
  deps: DriftDeps,
  { facet: name, signal }: { readonly facet: string; readonly signal?: AbortSignal },
): Promise<StoredReport> {
  const facet = await deps.facets.require(name)
  const model = (await deps.models.active()).find(({ facetId }) => facetId === facet.id)
  if (model === undefined) throw driftErrors.DRIFT_NO_MODEL({ facet: name })
  const snapshot = await takeSnapshot(deps, model, signal)
  const now = deps.clock.now()
  const { window, threads } = await readWindow(deps, model, snapshot, now, signal)
  const report = { window, ...(await measure(deps, model, snapshot, threads)) }
  const stored = await store(deps, model, now.toISOString().slice(0, 10), report)
  // Words name what a post is about, which only the category is.
  if (facet.name === CATEGORY) await proposeTopics(deps, { model, snapshot, threads, window, signal })
  return stored
}

async function measure(
  deps: DriftDeps,
  model: DriftModel,
  snapshot: TrainingSnapshot,
  threads: readonly WindowThread[],
): Promise<Pick<DriftReport, 'scopes' | 'alarms'>> {
  const { createdAt } = await deps.versions.require({ id: model.facetId, name: model.facet }, model.version)
  const ids = threads.map(({ id }) => id)
  const unseen = new Set(await withoutLearned(deps, model.facetId, ids, createdAt))
  const posts = threads.filter(({ id }) => unseen.has(id)).map(({ post }) => post)
  const scopes = SCOPES.map((scope) => ({
    group: scope,
    reference: referenceOf(snapshot, scope === 'all' ? undefined : scope),
    posts: scope === 'all' ? posts : posts.filter(({ language }) => language === scope),
  }))
  const enough = ({ reference, posts: own }: DriftGroup<DriftScope>) =>
    own.length >= FEWEST_POSTS && reference.posts.length >= FEWEST_REFERENCE_POSTS
  const yieldToEventLoop = createYielder()
  const { figures, alarms } = await inTurns(measureDrift<DriftScope>(scopes.filter(enough)), yieldToEventLoop)
  const risen = new Set(figures.flatMap((each) => each.vocabulary.risen.map(({ term }) => term)))
  const having = posts.filter(({ terms }) => terms.some((term) => risen.has(term))).slice(0, POSTS_OF_WORDS)
  const formOf = await writtenForms(
    deps,
    risen,
    having.map(({ id }) => id),
    yieldToEventLoop,
  )
  return {
    scopes: scopes.map(({ group: scope, reference, posts: own }): ScopeReport => {
      const found = figures.find(({ group }) => group === scope)
      return found === undefined
        ? { scope, status: 'too-few-posts', posts: own.length, referencePosts: reference.posts.length }
        : { scope, status: 'measured', figures: withExamples(found, own, formOf) }
    }),
    alarms: alarms.map(({ group: scope, kind, p }) => ({ scope, kind, p })),
  }
}

/** Stores the report. The event of drift is appended once a day. */
async function store(
  deps: DriftDeps,
  model: DriftModel,
  day: string,
  report: DriftReport,
): Promise<StoredReport> {
  return deps.db.transaction(async () => {
    const before = await deps.reports.find(model.facetId, day)
    const stored = await deps.reports.put(model, day, report)
    if (report.alarms.length > 0 && (before === undefined || before.alarms.length === 0)) {
      const event: DriftFound = {
        type: 'drift.found',
        facet: model.facet,
        facetId: model.facetId,
        reportId: stored.id,
        kinds: [...new Set(report.alarms.map(({ kind }) => kind))],
        measuredAt: stored.measuredAt,
      }
      await deps.outbox.append(event)
    }
    return stored
  })
}
