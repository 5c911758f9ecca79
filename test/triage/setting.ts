import { ensureMessageKindFacet } from '../../src/labels/message-kind.ts'
import type { Classification } from '../../src/learning/classifier.ts'
import { newId } from '../../src/platform/ids.ts'
import type { JobHandler } from '../../src/platform/jobs/job-handler.ts'
import { createChangeStore } from '../../src/triage/activations/change-store.ts'
import type { TriageDeps } from '../../src/triage/deps.ts'
import { triageJobs } from '../../src/triage/jobs.ts'
import { createMeasurementStore } from '../../src/triage/measurements/measurement-store.ts'
import type { FacetModel } from '../../src/triage/predictions/prediction.ts'
import { createPredictionStore } from '../../src/triage/predictions/prediction-store.ts'
import { createConditionReading } from '../../src/triage/routing/condition-reading.ts'
import { createDecisionStore } from '../../src/triage/routing/decision-store.ts'
import { createRuleSetStore } from '../../src/triage/routing/rule-set-store.ts'
import { addLabels, addThreads, setUpLabels, type TestThread } from '../labels/support.ts'
import type { TestDatabase } from '../support/databases.ts'
import { drainJobs } from '../support/drain-jobs.ts'

/** The predictions of a made-up model: the first word it knows decides; without any it abstains. */
export type Keywords = Readonly<Record<string, string>>

export interface TriagedThread extends TestThread {
  readonly askedAt?: string
  readonly answers?: number
  readonly accepted?: number
  readonly views?: number
  readonly facts?: Readonly<Record<string, string | number | boolean>>
}

type KeywordModel = FacetModel & {
  readonly classifier: {
    readonly threshold: number
    readonly labelThresholds: Readonly<Record<string, number>>
  }
}

export const CATEGORIES = ['billing', 'network', 'contract']

/** Everything of triage on a database, with a clock that is moved by hand and models made of keywords. */
export async function setUpTriage(database: Pick<TestDatabase, 'db'>) {
  const labels = await setUpLabels(database)
  await ensureMessageKindFacet(labels)
  const { db, clock } = labels
  await addLabels(labels, 'category', CATEGORIES)
  let active: KeywordModel[] = []
  const classified: string[] = []
  const deps = {
    ...labels,
    models: { active: async () => active, unreadable: () => [] },
    ruleSets: createRuleSetStore(db, clock),
    predictions: createPredictionStore(db, clock),
    changes: createChangeStore(db),
    decisions: createDecisionStore(db, clock),
    measurements: createMeasurementStore(db, clock),
    reading: createConditionReading(),
  } satisfies TriageDeps

  return {
    ...deps,
    deps,
    /** Every text that a model was asked about. */
    classified,

    /**
     * Puts a model of keywords in force, as the registry would; `labelsReadAt` is when its training began. With
     * `provisional` it estimates the error of what it abstains from, as under a budget that cannot be shown to be kept.
     */
    async activate(
      keywords: Keywords,
      facetName = 'category',
      labelsReadAt?: string,
      provisional?: FacetModel['provisional'],
    ) {
      const facet = await deps.facets.ensure(facetName)
      const version = (active.find((model) => model.facetId === facet.id)?.version ?? 0) + 1
      const versionId = newId('ver', clock.now())
      const retired = { status: 'retired' }
      await db.sql('model_versions').where({ facet_id: facet.id }).update(retired)
      await db.sql('model_versions').insert({
        id: versionId,
        facet_id: facet.id,
        number: version,
        status: 'active',
        artefact_hash: '',
        report: '{}',
        reason: '',
        annotations_seen: 0,
        labels_read_at: labelsReadAt ?? clock.now().toISOString(),
        created_at: clock.now().toISOString(),
      })
      const classify = (text: string) => {
        classified.push(text)
        return classifyByKeyword(keywords, text)
      }
      const model = {
        facet: facetName,
        facetId: facet.id,
        versionId,
        version,
        budgets: '',
        provisional,
        classifier: { classify, threshold: 0.5, labelThresholds: {} },
      }
      active = [...active.filter((other) => other.facetId !== facet.id), model]
      const activatedAt = clock.now().toISOString()
      const event = {
        type: 'model.activated' as const,
        facet: facetName,
        facetId: facet.id,
        versionId,
        version,
        activatedAt,
      }
      await deps.outbox.append(event)
      return model
    },

    /** Stores threads as an import leaves them. */
    async store(threads: readonly TriagedThread[], source: Parameters<typeof addThreads>[2] = {}) {
      await db.transaction(async () => {
        await addThreads(deps, threads, source)
        for (const { id, askedAt, answers = 0, accepted = 0, views, facts } of threads) {
          const given = {
            ...(askedAt !== undefined && { created_at: askedAt }),
            ...(answers > 0 && { answer_count: answers }),
            ...(accepted > 0 && { accepted_count: accepted }),
            ...(views !== undefined && { views }),
            ...(facts !== undefined && { facts: JSON.stringify(facts) }),
          }
          if (Object.values(given).some((value) => value !== undefined))
            await db.sql('threads').where({ id }).update(given)
        }
      })
    },

    /** Appends the event of stored threads, as an import does. */
    async announce(threadIds: readonly string[]) {
      const event = { type: 'threads.changed' as const, sourceId: 'src', importId: 'imp', threadIds }
      await deps.outbox.append(event)
    },

    /** Does what is due. */
    drain: (more: readonly JobHandler[] = []) => drainJobs(deps, [...triageJobs(deps), ...more]),
  }
}

export type TriageSetting = Awaited<ReturnType<typeof setUpTriage>>

function classifyByKeyword(keywords: Keywords, text: string): Classification {
  const labels = [...new Set(Object.values(keywords))]
  const word = Object.keys(keywords).find((known) => text.toLowerCase().includes(known))
  const label = word === undefined ? labels[0]! : keywords[word]!
  const confidence = word === undefined ? 0.4 : 0.9
  const rest = labels.filter((other) => other !== label)
  return {
    label,
    confidence,
    novelty: 0,
    decision: word === undefined ? 'abstained' : 'assigned',
    alternatives: [
      { label, confidence },
      ...rest.map((other) => ({ label: other, confidence: (1 - confidence) / rest.length })),
    ],
  }
}
