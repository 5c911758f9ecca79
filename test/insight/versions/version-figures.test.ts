import { expect, it } from 'vitest'
import { budgetPrices } from '../../../src/insight/versions/budget-prices.ts'
import { comparedThreads, comparePredictionsOf } from '../../../src/insight/versions/compare-predictions.ts'
import { confusionMatrix } from '../../../src/insight/versions/confusion-matrix.ts'
import { labelReport } from '../../../src/insight/versions/label-figures.ts'
import { confusedThreads } from '../../../src/insight/versions/predicted-threads.ts'
import { reliabilityDiagram } from '../../../src/insight/versions/reliability-diagram.ts'
import { riskCoverage } from '../../../src/insight/versions/risk-coverage.ts'
import { versionFigureRoutes } from '../../../src/insight/versions/version-routes.ts'
import { mergeThread } from '../../../src/threads/merge-thread.ts'
import { agent, supervisor } from '../../labels/support.ts'
import { buildTestApp } from '../../server/test-app.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpVersion } from './setting.ts'

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

describeEachDatabase.rarely('the figures of a model version', (database) => {
  it('count held-out predictions in a matrix, whose cells open their threads', async () => {
    const house = await setUpVersion(await database())
    const matrix = await confusionMatrix(house.figures, house.about())
    expect(matrix.basis).toEqual({ version: 1, predictions: 120, starterExamples: 0 })
    expect(sum(matrix.cells.map(({ count }) => count))).toBe(120)
    expect([...matrix.labels].sort()).toEqual(['account', 'billing', 'network'])
    expect(matrix.clusters.flat()).toEqual(matrix.labels)
    const wrong = matrix.cells.filter(({ truth, predicted }) => truth !== predicted)
    expect(sum(wrong.map(({ count }) => count))).toBe(matrix.right.of - matrix.right.count)
    const cell = wrong[0]!
    const { truth, predicted } = cell
    expect(cell.threads).toBe(cell.count)
    expect(matrix.summary.en).toMatch(/held-out predictions are right\. The commonest mistake: \d+ × “/)
    expect(matrix.summary.fr).toMatch(/sont justes\. L’erreur la plus fréquente\u00a0: \d+ × «\u00a0/)

    const { items } = await confusedThreads(house.figures, {
      ...house.about(),
      truth,
      predicted,
    })
    expect(items).toHaveLength(cell.threads)
    for (const item of items) expect(item).toMatchObject({ truth, predicted, labelNow: truth })
  })

  it('page through the threads of a row without repeating or missing one', async () => {
    const house = await setUpVersion(await database())
    const seen: string[] = []
    const confidences: number[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await confusedThreads(house.figures, {
        ...house.about(),
        truth: 'account',
        limit: 7,
        cursor,
      })
      seen.push(...page.items.map(({ threadId }) => threadId))
      confidences.push(...page.items.map(({ confidence }) => confidence))
      if (page.next === undefined) break
      cursor = page.next
    }
    expect(seen).toHaveLength(40)
    expect(new Set(seen).size).toBe(40)
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a))
  })

  it('are about the threads that the reader may see, and open no thread that is not shown', async () => {
    const house = await setUpVersion(await database())
    const outside = await confusionMatrix(house.figures, house.about('public'))
    expect(outside.basis.predictions).toBe(60)
    expect(sum(outside.cells.map(({ count }) => count))).toBe(60)
    const { items } = await confusedThreads(house.figures, { ...house.about('public'), limit: 100 })
    expect(items.map(({ language }) => language)).toEqual(Array.from({ length: 60 }, () => 'en'))
    const { labels } = await labelReport(house.figures, house.about('public'))
    expect(sum(labels.map(({ examples }) => examples))).toBe(60)
    const compared = await comparePredictionsOf(house.figures, { ...house.about('public'), other: 1 })
    expect(compared.threads).toBe(60)

    const [one, other] = items
    await mergeThread(house, { threadId: one!.threadId, into: other!.threadId, actor: supervisor })
    const merged = await confusionMatrix(house.figures, house.about('public'))
    expect(sum(merged.cells.map(({ threads }) => threads))).toBe(59)
    const shown = await confusedThreads(house.figures, { ...house.about('public'), limit: 100 })
    expect(shown.items.map(({ threadId }) => threadId)).not.toContain(one!.threadId)
  })

  it('say for each label what would help most', async () => {
    const house = await setUpVersion(await database())
    await house.figures.facets.require('category').then(({ id }) => house.facets.ensureLabels(id, ['fraud']))
    await house.wait(['w1', 'w2', 'w3'], 'fraud', 'abstained')
    await house.wait(['sure'], 'fraud', 'assigned')
    const report = async () => (await labelReport(house.figures, house.about())).labels
    const fraudNow = async () => (await report()).find(({ label }) => label === 'fraud')
    expect(await fraudNow()).toMatchObject({
      known: false,
      examples: 0,
      waiting: 3,
      recall: { count: 0, of: 0, interval: [0, 1] },
      next: {
        action: 'label-waiting',
        sentence: {
          en: '0 examples; 3 unlabelled threads that look like one wait in the review queue.',
          fr: '0 exemple\u202f; 3 discussions sans étiquette qui y ressemblent attendent dans la file de relecture.',
        },
      },
    })
    const facet = await house.facets.require('category')
    const fraud = await house.facets.requireLabel(facet, 'fraud')
    await house.annotations.append(
      [{ threadId: 'w1', facetId: facet.id, labelId: fraud.id, provenance: 'agent', blind: false }],
      agent,
    )
    expect(await fraudNow()).toMatchObject({
      examples: 1,
      waiting: 2,
      next: { action: 'train', sentence: { en: expect.stringContaining('version 1 was trained without') } },
    })
    const labels = await report()
    expect(labels.at(-1)?.next.action).toBe('none')
    expect(labels.find(({ label }) => label === 'account')).toMatchObject({
      known: true,
      examples: 40,
      recall: { of: 40 },
      next: {
        action: 'none',
        sentence: { fr: expect.stringMatching(/^40 exemples\u202f; sur 40 prédits hors apprentissage, \d/) },
      },
    })
  })

  it('draw how often predictions of a confidence are right', async () => {
    const house = await setUpVersion(await database())
    const { bins, right, meanConfidence, calibrationError, summary } = await reliabilityDiagram(
      house.figures,
      {
        ...house.about(),
        bins: 10,
      },
    )
    expect(bins).toHaveLength(10)
    expect(sum(bins.map(({ n }) => n))).toBe(120)
    expect(sum(bins.map((bin) => bin.right.count))).toBe(right.count)
    for (const { from, to, n, meanConfidence: mean } of bins) {
      if (n === 0) expect(mean).toBeUndefined()
      else {
        expect(mean).toBeGreaterThanOrEqual(from)
        expect(mean).toBeLessThanOrEqual(to)
      }
    }
    expect(meanConfidence).toBeGreaterThan(0)
    expect(calibrationError).toBeLessThan(1)
    expect(summary.fr).toMatch(/^Le modèle est confiant à \d/)
  })

  it('trade errors for coverage, by the predictions that budgets are kept by', async () => {
    const house = await setUpVersion(await database())
    const { cases, points, inForce } = await riskCoverage(house.figures, house.about())
    expect(cases).toBe(120)
    expect(inForce.budget).toBe(0.05)
    const coverages = points.map(({ coverage }) => coverage)
    expect(coverages).toEqual([...coverages].sort((a, b) => a - b))
    for (const { assigned, wrong, error, upperBound } of points) {
      expect(error).toBeCloseTo(wrong / assigned)
      expect(upperBound).toBeGreaterThan(error)
    }
  })

  it('price budgets in posts a day, compared with what is in force', async () => {
    const house = await setUpVersion(await database())
    const { id } = await house.facets.require('category')
    await house.db.sql('facets').where({ id }).update({ risk_budget: 0.4 })
    const ask = (more: object = {}) =>
      budgetPrices(house.figures, { facet: 'category', version: 1, actor: agent, ...more })
    const { volume, now, budgets } = await ask({ budgets: [0.5, 0.4, 0] })
    expect(volume).toMatchObject({ posts: 120, days: 30, perDay: 4 })
    expect(now).toMatchObject({ version: 1, budget: 0.4 })
    expect(now.coverage).toBeGreaterThan(0)
    expect(budgets.map(({ budget }) => budget)).toEqual([0, 0.4, 0.5])
    const [none, same] = budgets
    expect(none).toMatchObject({ coverage: 0, assignedPerDay: 0, wrongPerDay: 0, toPeoplePerDay: 4 })
    expect(none?.error).toBeUndefined()
    expect(none?.difference.toPeoplePerDay).toBeCloseTo(4 * now.coverage)
    expect(none?.sentence.en).toMatch(
      /0\.0% of posts .*; about 4 posts a day go to people, \S+ more than now\.$/,
    )
    expect(same?.difference).toEqual({ coverage: 0, assignedPerDay: 0, wrongPerDay: 0, toPeoplePerDay: 0 })
    expect(same?.sentence.fr).toMatch(/, autant que maintenant\.$/)
    expect((await ask({ source: 'desk' })).volume).toMatchObject({ posts: 60, source: 'desk' })
    expect((await ask()).budgets.length).toBeGreaterThan(20)

    house.clock.advance(400 * 86_400_000)
    expect((await ask()).volume).toMatchObject({ posts: 120, until: '2026-01-01T00:00:00.000Z' })
    await expect(ask({ source: 'nowhere' })).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' })
    const outsiders = { ...agent, audience: 'public' as const }
    await expect(ask({ source: 'desk', actor: outsiders })).rejects.toMatchObject({
      code: 'SOURCE_NOT_FOUND',
    })
    expect((await ask({ actor: outsiders })).volume.posts).toBe(60)
  })

  it('compare two versions on the same examples, label by label, and list what changed', async () => {
    const house = await setUpVersion(await database())
    await house.train(2)
    const compared = await comparePredictionsOf(house.figures, { ...house.about('internal', 2), other: 1 })
    expect(compared).toMatchObject({ version: 2, other: 1, sameFit: false, threads: 120 })
    const { bothRight, bothWrong, gained, lost, predictedDifferently } = compared
    expect(bothRight + bothWrong + gained + lost).toBe(120)
    expect(compared.accuracy.count - compared.otherAccuracy.count).toBe(gained - lost)
    expect(sum(compared.labels.map((label) => label.gained))).toBe(gained)
    expect(compared.sentence?.fr).toMatch(/^(Activée|Refusée)\u00a0: /)
    expect(compared.otherSentence?.en).toMatch(/^Activated: /)
    expect(compared.summary.en).toMatch(
      /^Of 120 threads that both predicted held out, version 2 has \d+ right/,
    )
    const back = await comparePredictionsOf(house.figures, { ...house.about('internal', 1), other: 2 })
    expect(back).toMatchObject({ gained: lost, lost: gained, p: compared.p })
    const list = async (change: 'gained' | 'lost' | 'different') =>
      (await comparedThreads(house.figures, { ...house.about('internal', 2), other: 1, change, limit: 100 }))
        .items
    expect(await list('gained')).toHaveLength(gained)
    const different = await list('different')
    expect(different).toHaveLength(predictedDifferently)
    for (const { predicted, otherPredicted } of different) expect(predicted).not.toBe(otherPredicted)

    const page = { ...house.about('internal', 2), other: 1, change: 'different', limit: 1 } as const
    const first = await comparedThreads(house.figures, page)
    const unread = {
      of: async () => {
        throw new Error('read again')
      },
    }
    const second = await comparedThreads(
      { ...house.figures, heldOutCases: unread },
      { ...page, cursor: first.next },
    )
    expect([...first.items, ...second.items]).toEqual(different.slice(0, 2))
  })

  it('say whose predictions they are where a version was fitted further', async () => {
    const house = await setUpVersion(await database())
    await house.train(2)
    const facet = await house.facets.require('category')
    const [second, first] = (await house.versions.list(facet.id, {})).items
    await house.db.sql('model_versions').where({ id: second!.id }).update({ parent_id: first!.id })
    await house.db.sql('held_out_predictions').where({ version_id: second!.id }).delete()
    const matrix = await confusionMatrix(house.figures, house.about('internal', 2))
    expect(matrix).toMatchObject({ version: 2, basis: { version: 1, predictions: 120 } })
    const compared = await comparePredictionsOf(house.figures, { ...house.about('internal', 2), other: 1 })
    expect(compared).toMatchObject({ sameFit: true, predictedDifferently: 0, p: 1 })
    expect(compared.summary.en).toContain('rest on the same held-out predictions')
    await house.db.sql('held_out_predictions').delete()
    expect(await confusionMatrix(house.figures, house.about('internal', 2))).toMatchObject({
      basis: { version: 2, predictions: 0 },
      labels: [],
      cells: [],
      summary: { en: 'There are no held-out predictions to show.' },
    })
  })

  it('are served over HTTP to agents, knowledge managers and supervisors', async () => {
    const at = await database()
    const house = await setUpVersion(at)
    const { app, keyFor } = await buildTestApp(at, [versionFigureRoutes(house.figures)], {
      clock: house.clock,
    })
    const [reader, router] = [await keyFor('agent'), await keyFor('router')]
    const ask = (path: string, { headers } = reader) =>
      app.inject({ url: `/api/models/category/versions/1${path}`, headers })
    for (const path of [
      '/labels',
      '/confusion',
      '/confusion/threads?truth=billing&limit=2',
      '/reliability?bins=5',
      '/risk-coverage',
      '/budgets',
      '/comparisons/1',
      '/comparisons/1/threads?change=lost',
    ]) {
      expect(await ask(path)).toMatchObject({ statusCode: 200 })
      expect(await ask(path, router)).toMatchObject({ statusCode: 403 })
    }
    const budgetsOf = async (query: string) =>
      (await ask(`/budgets?${query}`)).json().budgets.map(({ budget }: { budget: number }) => budget)
    expect(await budgetsOf('budget=0.1&budget=0.02')).toEqual([0.02, 0.1])
    expect(await budgetsOf('budget=0.1')).toEqual([0.1])
    expect(await ask('/budgets?budget=2')).toMatchObject({ statusCode: 400 })
    expect((await ask('/labels')).json().labels[0].next.sentence).toHaveProperty('fr')
    const page = (await ask('/confusion/threads?truth=billing&limit=2')).json()
    expect(page.items).toHaveLength(2)
    expect((await ask(`/confusion/threads?cursor=x`)).json()).toMatchObject({
      code: 'CURSOR_INVALID',
    })
    expect((await ask('/comparisons/9')).json()).toMatchObject({ code: 'MODEL_VERSION_NOT_FOUND' })
  })
})
