import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { changeFacet, createLabel } from '../../src/labels/define-facet.ts'

import { ensureMessageKindFacet, MESSAGE_KIND } from '../../src/labels/message-kind.ts'
import { modelJobs } from '../../src/models/jobs.ts'
import { createModelRegistry } from '../../src/models/registry/model-registry.ts'
import { labelsRoutedOn } from '../../src/triage/routing/check-rule-set.ts'
import { builtInRuleSet } from '../../src/triage/routing/routing-rule.ts'
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

describeEachDatabase.rarely('message kinds', (database) => {
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
    expect(before.length).toBeGreaterThan(1_000)
    await changeFacet(deps, { facet: MESSAGE_KIND, riskBudget: 0.02, actor: supervisor })
    await createLabel(deps, { facet: MESSAGE_KIND, label: 'spam', actor: supervisor })
    await ensureMessageKindFacet(deps)
    expect(await deps.facets.require(MESSAGE_KIND)).toMatchObject({ riskBudget: 0.02 })
    expect(await deps.starterExamples.of(id)).toEqual(before)
    const seeded = await deps.db.sql('events').where({ type: 'facet.seeded' })
    expect(seeded).toHaveLength(1)
  })

  it('are replaced by those of a newer release, and what people changed of the facet stays', async () => {
    const deps = await setUpModels(await database())
    await ensureMessageKindFacet(deps)
    const { id } = await deps.facets.require(MESSAGE_KIND)
    const current = await deps.starterExamples.of(id)
    const question = (await deps.facets.requireLabel(await deps.facets.require(MESSAGE_KIND), 'question')).id
    // As an earlier release left it: fewer kinds, one other example, and a budget that someone chose.
    await deps.db.sql('starter_examples').where({ facet_id: id }).delete()
    await deps.starterExamples.replace(
      id,
      [{ text: 'Why?', label: 'question' }],
      new Map([['question', question]]),
    )
    await deps.db.sql('labels').where({ facet_id: id, name: 'greeting' }).delete()
    await changeFacet(deps, { facet: MESSAGE_KIND, riskBudget: 0.02, actor: supervisor })
    await ensureMessageKindFacet(deps)
    expect(await deps.starterExamples.of(id)).toEqual(current)
    expect(await deps.facets.require(MESSAGE_KIND)).toMatchObject({ riskBudget: 0.02 })
    expect(await deps.db.sql('events').where({ type: 'facet.seeded' })).toHaveLength(2)
  })

  it('have as many examples of each kind in French as in English', async () => {
    const deps = await setUpModels(await database())
    await ensureMessageKindFacet(deps)
    const { id } = await deps.facets.require(MESSAGE_KIND)
    const stored = await deps.starterExamples.of(id)
    const counts = (texts: ReadonlySet<string>) => {
      const tally = new Map<string, number>()
      for (const { text, label } of stored) if (texts.has(text)) tally.set(label, (tally.get(label) ?? 0) + 1)
      return [...tally].sort()
    }
    const [french, english] = await Promise.all(['fr', 'en'].map(textsIn))
    expect(counts(french!)).toEqual(counts(english!))
    expect(counts(french!)).toHaveLength(7)
  })

  it('are right in 90 of 100 posts of unknown communities to which they are assigned, each that rules act on', async () => {
    const deps = await setUpModels(await database())
    await ensureMessageKindFacet(deps)
    await drainJobs(deps, modelJobs(deps))
    const [active] = await createModelRegistry(deps.db, deps.facets).active()
    const posts = await readHeldOut()
    expect(posts).toHaveLength(300)
    const judged = posts.map(({ kind, text }) => ({ kind, ...active!.classifier.classify(text) }))
    for (const acting of labelsRoutedOn(builtInRuleSet, MESSAGE_KIND)) {
      const assigned = judged.filter(({ label, decision }) => label === acting && decision === 'assigned')
      const right = assigned.filter(({ kind }) => kind === acting).length
      const all = judged.filter(({ kind }) => kind === acting).length
      expect(assigned.length, `${acting} assigned`).toBeGreaterThanOrEqual(5)
      expect(right / assigned.length, `precision of ${acting}`).toBeGreaterThanOrEqual(0.9)
      expect(right / all, `coverage of ${acting}`).toBeGreaterThanOrEqual(0.2)
    }
  })
})

const fixtures = new URL('../../fixtures/message-kinds/', import.meta.url)

async function textsIn(language: string): Promise<Set<string>> {
  const rows: { text: string }[] = parse(await readFile(new URL(`${language}.csv`, fixtures)), {
    columns: true,
  })
  return new Set(rows.map(({ text }) => text))
}

/** Posts as communities write them, none of them among the starter examples. */
async function readHeldOut(): Promise<{ kind: string; text: string }[]> {
  const lines = (await readFile(new URL('held-out.ndjson', fixtures), 'utf8')).trim().split('\n')
  return lines.map((line) => JSON.parse(line))
}
