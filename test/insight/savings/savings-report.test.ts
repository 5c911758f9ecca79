import { expect, it } from 'vitest'
import { measureCurve } from '../../../src/insight/curve/measure-curve.ts'
import { savingsReport } from '../../../src/insight/savings/savings-report.ts'
import { createRandom } from '../../../src/learning/random.ts'
import type { TrainingReport } from '../../../src/models/registry/model-version.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { type InsightSetting, KEYWORDS, setUpInsight } from '../setting.ts'

const WORDS = {
  billing: ['invoice', 'refund', 'charge', 'payment', 'debit'],
  network: ['antenna', 'router', 'signal', 'fibre', 'outage'],
  contract: ['cancel', 'renewal', 'notice', 'terms', 'signature'],
} as const

/** So many threads that agents have labelled, one after the other. */
async function labelled(house: InsightSetting, count: number, prefix = 't') {
  const random = createRandom(7)
  const labels = Object.keys(WORDS) as (keyof typeof WORDS)[]
  const threads = Array.from({ length: count }, (_, i) => {
    const label = labels[random.below(labels.length)]!
    const words = Array.from({ length: 3 }, () => WORDS[label][random.below(5)])
    return { id: `${prefix}${i}`, label, title: `${words.join(' ')} ${random.below(1000)}` }
  })
  await house.store(threads)
  await house.labelAll(new Map(threads.map(({ id, label }) => [id, label])), false)
}

const ending = () => new AbortController().signal
const savings = (house: InsightSetting) => savingsReport(house.insight, { facet: 'category', more: 200 })

describeEachDatabase('what more labels would gain', (database) => {
  it('is told from the learning curve that was measured after an activation, in both languages', async () => {
    const house = await setUpInsight(await database(), 0)
    await labelled(house, 150)
    expect(await savings(house)).toEqual({
      facet: 'category',
      versions: [],
      audit: [],
      summary: {
        en: 'There are too few labels yet to predict the gain from more.',
        fr: 'Il y a encore trop peu d’étiquettes pour prévoir le gain apporté par d’autres.',
      },
    })
    await house.activate(KEYWORDS)
    await house.db.sql('model_versions').update({ report: JSON.stringify(trained(150, 0.9)) })
    await measureCurve(house.insight, 'category', ending())
    const { curve, prediction, versions, audit, forecast, summary } = await savings(house)
    expect(curve).toMatchObject({ version: 1, judged: 150, heldOut: false })
    expect(curve?.points.length).toBeGreaterThanOrEqual(3)
    const counts = curve!.points.map(({ labels }) => labels)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
    for (const { accuracy, interval } of curve!.points) {
      expect(interval[0]).toBeLessThanOrEqual(accuracy)
      expect(interval[1]).toBeGreaterThanOrEqual(accuracy)
    }
    expect(prediction).toMatchObject({ labels: 150, more: 200 })
    expect(prediction!.gain).toBeGreaterThanOrEqual(0)
    expect(['stop', 'go-on', 'uncertain']).toContain(prediction?.advice)
    expect(summary.en).toMatch(/^200 more labels would gain (less than 0\.5|about \d+\.\d) points/)
    expect(summary.fr).toMatch(/^200 étiquettes de plus feraient gagner /)
    expect(summary.fr).not.toMatch(/'| [:;!?]/)
    expect(versions).toMatchObject([{ version: 1, labels: 150, accuracy: 0.9, judged: 150 }])
    expect(audit).toEqual([])
    expect(forecast!.map(({ labels }) => labels)).toEqual(expect.arrayContaining([150, 350]))
    const gained = forecast!.find(({ labels }) => labels === 350)!.accuracy - forecast![0]!.accuracy
    expect(gained).toBeCloseTo(prediction!.gain)
    for (const { accuracy, interval } of forecast!) {
      expect(interval[0]).toBeLessThanOrEqual(accuracy)
      expect(interval[1]).toBeGreaterThanOrEqual(accuracy)
    }
  })

  it('is measured again only when there are a tenth more labels, and once a version', async () => {
    const house = await setUpInsight(await database(), 0)
    await labelled(house, 60)
    await house.activate(KEYWORDS)
    const curves = () => house.db.sql('learning_curves').orderBy('labels').pluck('labels')
    await Promise.all([1, 2].map(() => measureCurve(house.insight, 'category', ending())))
    expect(await curves()).toEqual([60])
    house.clock.advance(1000)
    await house.activate(KEYWORDS)
    await labelled(house, 5, 'few')
    await measureCurve(house.insight, 'category', ending())
    expect(await curves()).toEqual([60])
    await labelled(house, 5, 'more')
    await measureCurve(house.insight, 'category', ending())
    expect(await curves()).toEqual([60, 70])
  })

  it('is judged on the audit slice once enough of it was labelled blind, which is never learned from', async () => {
    const house = await setUpInsight(await database(), 0)
    await labelled(house, 200)
    const drawn = Array.from({ length: 110 }, (_, i) => `t${i}`)
    await house.labelAll(new Map(drawn.slice(0, 105).map((id) => [id, 'billing'])))
    await house.review.auditSlice.add(drawn)
    await house.activate(KEYWORDS)
    await house.db.sql('model_versions').update({ report: JSON.stringify(trained(90, 0.9)) })
    await measureCurve(house.insight, 'category', ending())
    const { curve } = await savings(house)
    expect(curve).toMatchObject({ judged: 105, heldOut: true })
    expect(curve?.points.at(-1)?.labels).toBe(90)
  })
})

/** What is read of a training's report. */
function trained(labels: number, accuracy: number) {
  const heldOutSummary = { n: labels, accuracy, coverage: 0.5, wrongAmongAssigned: 0.1, ece: 0.05 }
  return { trainedOn: labels, heldOutSummary } satisfies Partial<TrainingReport>
}
