import { expect, it } from 'vitest'
import { changeFacet, createLabel } from '../../src/labels/define-facet.ts'

import { ensureMessageKindFacet, MESSAGE_KIND } from '../../src/labels/message-kind.ts'
import { modelJobs } from '../../src/models/jobs.ts'
import { createModelRegistry } from '../../src/models/registry/model-registry.ts'
import { supervisor } from '../labels/support.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { drainJobs } from '../support/drain-jobs.ts'
import { setUpModels } from './support.ts'

/** What no starter example says. */
const messages = [
  ['question', 'Comment faire pour que mon téléviseur reconnaisse la clé USB ?'],
  ['question', 'Where do I enter the voucher that I received by post?'],
  ['idea', 'Ce serait bien d’ajouter un bouton pour masquer les chaînes que l’on ne regarde pas.'],
  ['idea', 'Suggestion: it would be great to add a filter for unread messages.'],
  ['complaint', 'C’est inadmissible, trois semaines sans réponse, je suis très déçu.'],
  ['complaint', 'Unacceptable service, I am furious and I want compensation.'],
  ['thanks', 'Merci beaucoup, tout fonctionne de nouveau !'],
  ['thanks', 'Thanks a lot, it works perfectly again.'],
] as const

describeEachDatabase('message kinds', (database) => {
  it('come ready: a model is trained from their starter examples and tells ideas and complaints apart', async () => {
    const deps = await setUpModels(await database())
    await ensureMessageKindFacet(deps)
    await drainJobs(deps, modelJobs(deps))
    const [active] = await createModelRegistry(deps.db, deps.facets).active()
    expect(active).toMatchObject({ facet: MESSAGE_KIND, version: 1 })
    const told = messages.map(([kind, text]) => [kind, active!.classifier.classify(text).label])
    expect(told).toEqual(messages.map(([kind]) => [kind, kind]))
  })

  it('keep what people changed of them, whatever starts afterwards, also two at once', async () => {
    const deps = await setUpModels(await database())
    await Promise.all([ensureMessageKindFacet(deps), ensureMessageKindFacet(deps)])
    const { id } = await deps.facets.require(MESSAGE_KIND)
    const before = await deps.starterExamples.of(id)
    expect(before).toHaveLength(360)
    await changeFacet(deps, { facet: MESSAGE_KIND, riskBudget: 0.02, actor: supervisor })
    await createLabel(deps, { facet: MESSAGE_KIND, label: 'spam', actor: supervisor })
    await ensureMessageKindFacet(deps)
    expect(await deps.facets.require(MESSAGE_KIND)).toMatchObject({ riskBudget: 0.02 })
    expect(await deps.starterExamples.of(id)).toEqual(before)
    const seeded = await deps.db.sql('events').where({ type: 'facet.seeded' })
    expect(seeded).toHaveLength(1)
  })

  it('have as many examples of each kind in French as in English', async () => {
    const deps = await setUpModels(await database())
    await ensureMessageKindFacet(deps)
    const { id } = await deps.facets.require(MESSAGE_KIND)
    const counts = new Map<string, number>()
    for (const { label } of await deps.starterExamples.of(id)) counts.set(label, (counts.get(label) ?? 0) + 1)
    const kinds = ['announcement', 'complaint', 'idea', 'question', 'thanks']
    expect([...counts].sort()).toEqual(kinds.map((kind) => [kind, 72]))
  })
})
