import { describe, expect, it } from 'vitest'
import { checkParity } from '../../../src/insight/parity/check-parity.ts'
import { compareLanguages, type ParityCase } from '../../../src/insight/parity/parity.ts'
import { parityReport } from '../../../src/insight/parity/parity-report.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { eventsOf } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { type InsightSetting, KEYWORDS, setUpInsight } from '../setting.ts'

/** Cases of a model that is right with its confidence, less what is to be wrong with one language. */
function cases(language: string, n: number, seed: number, less = 0): ParityCase[] {
  const random = createRandom(seed)
  return Array.from({ length: n }, () => {
    const confidence = 0.6 + 0.4 * random.next()
    return { language, confidence, isRight: random.next() < confidence - less, assigned: confidence > 0.8 }
  })
}

describe('two languages compared', () => {
  it('differ in what differs, and hardly ever in anything when they do not', () => {
    const seeds = Array.from({ length: 40 }, (_, i) => i + 1)
    const significant = (less: number) =>
      seeds.map((seed) =>
        compareLanguages([...cases('fr', 200, seed, less), ...cases('en', 300, 1000 + seed)])
          .differences.filter(({ adjusted }) => adjusted <= 0.05)
          .map(({ measure }) => measure),
      )
    expect(significant(0).filter((found) => found.length > 0).length).toBeLessThanOrEqual(4)
    const apart = significant(0.25)
    expect(apart.filter((found) => found.includes('accuracy')).length).toBeGreaterThanOrEqual(38)
    expect(apart.filter((found) => found.includes('calibration')).length).toBeGreaterThanOrEqual(38)
    expect(apart.filter((found) => found.includes('coverage')).length).toBeLessThanOrEqual(4)
  })

  it('tell French less English, and are not compared on a handful of cases', () => {
    const { languages, differences } = compareLanguages([
      ...cases('fr', 100, 1, 0.3),
      ...cases('en', 100, 2),
      ...cases('de', 50, 3),
    ])
    expect(languages.map((each) => [each.language, each.cases])).toEqual([
      ['fr', 100],
      ['en', 100],
    ])
    const [fr, en] = languages.map(({ accuracy }) => accuracy.share!)
    expect(differences[0]).toMatchObject({ measure: 'accuracy', difference: fr! - en! })
    expect(compareLanguages([...cases('fr', 29, 1), ...cases('en', 500, 2)]).differences).toEqual([])
    expect(compareLanguages([]).languages).toMatchObject([{ cases: 0, overconfidence: 0 }, { cases: 0 }])
  })
})

/** So many threads about invoices in each language, labelled blind: the English rightly, the French mostly not. */
async function askUnequally(house: InsightSetting, each: number, from = 0) {
  const asked = (language: string) =>
    Array.from({ length: each }, (_, i) => ({ id: `${language}${from + i}`, says: 'invoice', language }))
  await house.ask([...asked('fr'), ...asked('en')])
  await house.drain()
  const right = asked('en').map(({ id }) => [id, 'billing'] as const)
  const mixed = asked('fr').map(({ id }, i) => [id, i % 3 === 0 ? 'billing' : 'contract'] as const)
  await house.labelAll(new Map([...right, ...mixed]))
}

const openAlerts = async (house: InsightSetting, reader: 'internal' | 'public' = 'internal') =>
  (await house.insight.alerts.list({ reader, resolved: false, limit: 20 })).items.flatMap((alert) =>
    alert.kind === 'parity' ? [alert] : [],
  )

describeEachDatabase('parity', (database) => {
  it('is told of the version in force, from the audit slice once it has enough of both languages', async () => {
    const house = await setUpInsight(await database())
    expect(await parityReport(house.insight, { facet: 'category', reader: 'internal' })).toMatchObject({
      differences: [],
      summary: {
        en: '“category”: too few threads to compare French (0) and English (0); 30 of each are needed.',
      },
    })
    await house.activate(KEYWORDS)
    await askUnequally(house, 30)
    const report = await parityReport(house.insight, { facet: 'category', reader: 'public' })
    expect(report).toMatchObject({ version: 1, basis: 'audit-slice' })
    expect(report.differences[0]).toMatchObject({ measure: 'accuracy', difference: 1 / 3 - 1 })
    expect(report.summary.en).toContain(
      'accuracy is 66.7 points lower in French than in English (95% interval',
    )
    expect(report.summary.fr).toContain(
      'l’exactitude en français est inférieure de 66,7\u00a0points à ce qu’elle est en anglais (intervalle à 95\u00a0%',
    )
  })

  it('rests on what was found out of fold while the slice is small', async () => {
    const house = await setUpInsight(await database(), 0)
    await house.activate(KEYWORDS)
    const ids = Array.from({ length: 80 }, (_, i) => `t${i}`)
    await house.ask(ids.map((id, i) => ({ id, says: 'invoice', language: i % 2 === 0 ? 'fr' : 'en' })))
    for (const [i, id] of ids.entries())
      house.heldOut.push({
        id,
        truth: 'billing',
        label: i % 4 === 0 ? 'network' : 'billing',
        confidence: 0.9,
        assigned: true,
      })
    house.heldOut.push({ id: 'starter', truth: 'a', label: 'a', confidence: 1, assigned: true })
    const report = await parityReport(house.insight, { facet: 'category', reader: 'public' })
    expect(report).toMatchObject({
      basis: 'held-out',
      languages: [
        { cases: 40, accuracy: { count: 20 }, coverage: { count: 40 } },
        { cases: 40, accuracy: { count: 40 } },
      ],
    })
    expect(await openAlerts(house)).toEqual([])
  })

  it('raises an alert once when languages are apart, tells it to the outbox, and settles it with the version', async () => {
    const house = await setUpInsight(await database())
    await house.activate(KEYWORDS)
    await askUnequally(house, 30)
    house.clock.advance(60_000)
    await house.drain()
    const alerts = await openAlerts(house)
    expect(alerts.map(({ measure }) => measure).sort()).toEqual(['accuracy', 'calibration'])
    expect(alerts.find(({ measure }) => measure === 'accuracy')).toMatchObject({
      kind: 'parity',
      facet: 'category',
      version: 1,
      basis: 'audit-slice',
      level: 0.025,
      cases: { fr: 30, en: 30 },
    })
    await askUnequally(house, 30, 100)
    house.clock.advance(2 * 86_400_000)
    await Promise.all([checkParity(house.insight), checkParity(house.insight)])
    expect(await openAlerts(house)).toEqual(alerts)
    expect(await house.db.sql('parity_checks').orderBy('number').pluck('cases')).toEqual([60, 120])
    house.clock.advance(1000)
    await house.activate({ invoice: 'billing' })
    await house.drain()
    house.clock.advance(60_000)
    await checkParity(house.insight)
    const resolved = await house.insight.alerts.list({ reader: 'internal', resolved: true, limit: 20 })
    expect(resolved.items.map(({ version }) => version)).toEqual([1, 1])
  })

  it('is told once to the outbox, and to nobody who may not see the threads that it rests on', async () => {
    const house = await setUpInsight(await database())
    await house.activate(KEYWORDS)
    await askUnequally(house, 30)
    await house.ask([{ id: 'secret', says: 'invoice', language: 'fr' }], 'internal')
    await house.drain()
    await house.label('secret', 'contract')
    await checkParity(house.insight)
    await checkParity(house.insight)
    const events = await eventsOf(house.db, 'insight.parity-alert')
    expect(events.map(({ measure, audience }) => [measure, audience])).toEqual([
      ['accuracy', 'internal'],
      ['calibration', 'internal'],
    ])
    expect(await openAlerts(house)).toHaveLength(2)
    expect(await openAlerts(house, 'public')).toEqual([])
  })

  it('alerts nobody outside the company where it rests on a locked thread', async () => {
    const house = await setUpInsight(await database())
    await house.activate(KEYWORDS)
    await askUnequally(house, 30)
    const thread = await house.db.sql('threads').first('id')
    await house.db.sql('thread_protections').insert({
      thread_id: thread.id,
      facet: 'sensitivity',
      label: 'sensitive',
      basis: 'label',
      protected_at: '2026-01-15T09:30:00.000Z',
    })
    await checkParity(house.insight)
    expect(await openAlerts(house)).toHaveLength(2)
    expect(await openAlerts(house, 'public')).toEqual([])
  })

  it('is not looked at again until there is much more to see', async () => {
    const house = await setUpInsight(await database())
    await house.activate(KEYWORDS)
    await askUnequally(house, 30)
    await checkParity(house.insight)
    await askUnequally(house, 5, 100)
    await checkParity(house.insight)
    expect(await house.db.sql('parity_checks').pluck('cases')).toEqual([60])
  })
})
