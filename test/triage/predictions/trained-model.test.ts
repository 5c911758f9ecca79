import { expect, it } from 'vitest'
import { changeFacet } from '../../../src/labels/define-facet.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { createChangeStore } from '../../../src/triage/activations/change-store.ts'
import { triageJobs } from '../../../src/triage/jobs.ts'
import { createMeasurementStore } from '../../../src/triage/measurements/measurement-store.ts'
import { classifyPost } from '../../../src/triage/predictions/classify-post.ts'
import { createPredictionStore } from '../../../src/triage/predictions/prediction-store.ts'
import { readTriage } from '../../../src/triage/read-triage.ts'
import { createConditionReading } from '../../../src/triage/routing/condition-reading.ts'
import { createDecisionStore } from '../../../src/triage/routing/decision-store.ts'
import { rule } from '../../../src/triage/routing/routing-rule.ts'
import { createRuleSetStore } from '../../../src/triage/routing/rule-set-store.ts'
import { saveRuleSet } from '../../../src/triage/routing/save-rule-set.ts'
import { addThreads, supervisor } from '../../labels/support.ts'
import { addLabelled, setUpModels } from '../../models/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'

describeEachDatabase('triage by a trained model', (database) => {
  it('classifies posts never seen, and threads as soon as the model is active', async () => {
    const models = await setUpModels(await database())
    const { db, clock } = models
    const deps = {
      ...models,
      models: models.registry,
      ruleSets: createRuleSetStore(db, clock),
      predictions: createPredictionStore(db, clock),
      changes: createChangeStore(db),
      measurements: createMeasurementStore(db, clock),
      decisions: createDecisionStore(db, clock),
      reading: createConditionReading(),
    }
    const drain = () => drainJobs(models, triageJobs(deps))
    await addLabelled(models)
    await addThreads(models, [
      { id: 'new', title: 'Ma facture', question: 'Un souci avec le **prélèvement**.' },
    ])
    const accounts = { destination: { kind: 'queue', name: 'accounts' }, priority: 'high' } as const
    const ruleSet = {
      rules: [rule('money', { label: { facet: 'category', is: 'billing' } }, accounts)],
      default: { destination: { kind: 'community', name: 'community' }, priority: 'low' },
    } as const
    await saveRuleSet(deps, { ruleSet, basedOn: 0, actor: supervisor })
    await drain()
    expect((await readTriage(deps, 'new', 'forum')).routing).toMatchObject({ rule: 'default' })

    // So few threads can promise little.
    await changeFacet(models, { facet: 'category', riskBudget: 0.2, actor: supervisor })
    const version = await trainFacet(models, { facet: 'category', actor: supervisor })
    expect(version.status).toBe('active')
    expect(await drain()).toContain('triage.sweep')
    expect(await readTriage(deps, 'new', 'forum')).toMatchObject({
      predictions: [{ facet: 'category', label: 'billing', decision: 'assigned', versionId: version.id }],
      routing: { rule: 'money', ...accounts },
    })

    const post = { title: 'Since Monday trouble with the router', body: 'The wifi signal of the router?' }
    const classified = await classifyPost(deps, post, 'internal')
    expect(classified).toMatchObject({
      language: 'en',
      predictions: [{ label: 'network', decision: 'assigned', modelVersion: 1 }],
      routing: { rule: 'default', ruleSetVersion: 1 },
    })
    expect(classified.predictions[0]?.alternatives.map(({ label }) => label).sort()).toEqual([
      'account',
      'billing',
      'network',
    ])
    expect(await classifyPost(deps, { body: '龍龍龍' }, 'internal')).toMatchObject({
      predictions: [{ decision: 'abstained' }],
    })
  })
})
