import { expect, it } from 'vitest'
import { type AuditReportQuery, auditReport } from '../../../src/insight/audit/audit-report.ts'
import { revokeAnnotation } from '../../../src/labels/annotate-thread.ts'
import { reportMisroute } from '../../../src/review/misroutes/report-misroute.ts'
import { rule } from '../../../src/triage/routing/routing-rule.ts'
import { agent } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { colleague, type InsightSetting, KEYWORDS, setUpInsight } from '../setting.ts'

const reportOf = (house: InsightSetting, query: Partial<AuditReportQuery> = {}) =>
  auditReport(house.insight, { facet: 'category', judged: 'routed', reader: 'internal', ...query })

const queue = (name: string) => ({ destination: { kind: 'queue', name }, priority: 'normal' }) as const
const ruleSet = {
  rules: [
    rule('money', { label: { facet: 'category', is: 'billing' } }, queue('money')),
    rule('tech', { label: { facet: 'category', in: ['network', 'contract'] } }, queue('tech')),
  ],
  default: queue('triage'),
} as const

/** Six threads with a model: two billing, two network, two of which it is not sure. */
async function setUpSix(house: InsightSetting) {
  await house.ruleSets.append(0, ruleSet, agent)
  await house.activate(KEYWORDS)
  await house.ask([
    { id: 'b1', says: 'invoice' },
    { id: 'b2', says: 'invoice', language: 'fr' },
    { id: 'n1', says: 'antenna' },
    { id: 'n2', says: 'antenna', language: 'fr' },
    { id: 'u1', says: 'nothing' },
    { id: 'u2', says: 'nothing', language: 'fr' },
  ])
  await house.drain()
}

describeEachDatabase.always('figures from the audit slice', (database) => {
  it('tell how many are right, assigned, wrong among those, and where wrong or missing labels sent them', async () => {
    const house = await setUpInsight(await database())
    await setUpSix(house)
    await house.label('b1', 'billing')
    await house.label('b2', 'network') // Assigned a wrong label, and sent to money instead of tech.
    await house.label('n1', 'contract') // Wrong too, but that goes where network goes.
    await house.label('u1', 'billing') // Right, but not sure: it went to triage instead of money.
    const { figures, versions, summary } = await reportOf(house)
    expect(versions).toEqual([1])
    expect(figures).toMatchObject({
      drawn: 6,
      setAside: 0,
      labelled: 4,
      accuracy: { count: 2, of: 4, share: 0.5 },
      coverage: { count: 4, of: 6 },
      wrongAmongAssigned: { count: 2, of: 3 },
      misroutes: { count: 2, of: 4 },
      misroutesByWrongLabel: { count: 1, of: 4 },
    })
    expect(figures.accuracy.interval.map((end) => Number(end.toFixed(3)))).toEqual([0.15, 0.85])
    expect(summary.en).toContain(
      '4 of 6 threads drawn at random were labelled blind. Correct: 50.0% (95% interval 15.0–85.0%).',
    )
    expect(summary.fr).toContain(
      'Justes\u00a0: 50,0\u00a0% (intervalle à 95\u00a0%\u00a0: de 15,0 à 85,0\u00a0%).',
    )
  })

  it('rest on blind labels alone, on each agent’s last that stands, and on what most agents say', async () => {
    const house = await setUpInsight(await database())
    await setUpSix(house)
    const accuracy = async () => (await reportOf(house)).figures.accuracy
    await house.label('b1', 'network', { blind: false })
    expect(await accuracy()).toMatchObject({ of: 0, interval: [0, 1] })
    await house.label('b1', 'network')
    expect(await accuracy()).toMatchObject({ count: 0, of: 1 })
    const second = await house.label('b1', 'billing')
    expect(await accuracy()).toMatchObject({ count: 1, of: 1 })
    // Having seen the prediction, the agent thinks otherwise: not a blind word.
    await house.label('b1', 'contract', { blind: false })
    expect(await accuracy()).toMatchObject({ count: 1, of: 1 })
    await house.label('b1', 'network', { by: colleague })
    expect(await accuracy()).toMatchObject({ count: 0, of: 1 })
    await house.label('b1', 'billing', { by: { ...colleague, id: 'key_three' } })
    expect(await accuracy()).toMatchObject({ count: 1, of: 1 })
    await revokeAnnotation(house.deps, { id: second.id, actor: agent })
    expect(await accuracy()).toMatchObject({ count: 0, of: 1 })
  })

  it('say how many were drawn, labelled and set aside, and why, where blind labels do not count', async () => {
    const house = await setUpInsight(await database())
    await house.store(
      ['old1', 'old2', 'old3'].map((id) => ({ id, title: `About invoice ${id}` })),
      { name: 'archive', audience: 'public' },
    )
    // Labelled before the model is made, drawn afterwards: the model may have learned from them.
    for (const id of ['old1', 'old2']) await house.label(id, 'billing', { blind: false })
    house.clock.advance(1000)
    await house.activate(KEYWORDS)
    await house.announce(['old1', 'old2', 'old3'])
    await house.drain()
    house.clock.advance(1000)
    for (const id of ['old1', 'old2']) await house.label(id, 'billing')
    const { figures, summary } = await reportOf(house)
    expect(figures).toMatchObject({ drawn: 3, setAside: 2, setAsideLabelled: 2, labelled: 0 })
    expect(summary).toEqual({
      en: '“category”: 2 of 3 threads drawn at random were labelled blind. 2 of those drawn are set aside, 2 of them labelled blind: they had a label before being drawn, from which the model may have learned, so they are no test of it. No blind label counts yet: the review queue asks for threads that do.',
      fr: '«\u00a0category\u00a0»\u00a0: 2 sur 3 discussions tirées au sort ont été étiquetées à l’aveugle. 2 discussions tirées sont mises de côté, dont 2 étiquetées à l’aveugle\u00a0: elles portaient avant le tirage une étiquette dont le modèle a pu apprendre, elles ne le mettent donc pas à l’épreuve. Aucune étiquette à l’aveugle ne compte encore\u00a0: la file de relecture propose des discussions qui comptent.',
    })
    await house.label('old3', 'billing')
    const after = await reportOf(house)
    expect(after.figures).toMatchObject({ setAside: 2, labelled: 1, accuracy: { count: 1, of: 1 } })
    expect(after.summary.en).toContain('3 of 3 threads drawn at random were labelled blind. 2 of those drawn')
  })

  it('judge what was predicted when a thread was drawn, or what the version in force says of it', async () => {
    const house = await setUpInsight(await database())
    await setUpSix(house)
    await house.label('b1', 'contract')
    house.clock.advance(1000)
    await house.activate({ invoice: 'contract', antenna: 'network' })
    await house.drain()
    expect((await reportOf(house)).figures.accuracy).toMatchObject({ count: 0, of: 1 })
    const now = await reportOf(house, { judged: 'active' })
    expect(now.figures.accuracy).toMatchObject({ count: 1, of: 1 })
    expect(now.figures.misroutes.of).toBe(0)
    expect(now.versions).toEqual([2])
  })

  it('are of a period, of a language or label with enough threads, and of what the reader may see', async () => {
    const house = await setUpInsight(await database())
    await house.activate(KEYWORDS)
    const asked = (prefix: string, count: number, language: string) =>
      Array.from({ length: count }, (_, i) => ({ id: `${prefix}${i}`, says: 'invoice', language }))
    await house.ask(asked('fr', 12, 'fr'))
    await house.ask(asked('hidden', 3, 'fr'), 'internal')
    await house.drain()
    house.clock.advance(86_400_000)
    await house.ask(asked('en', 5, 'en'))
    await house.drain()
    const all20 = [...asked('fr', 12, ''), ...asked('hidden', 3, ''), ...asked('en', 5, '')]
    await house.labelAll(new Map(all20.map(({ id }) => [id, 'billing'])))
    await reportMisroute(house.review, { threadId: 'fr1', reason: 'no', actor: agent })
    await reportMisroute(house.review, { threadId: 'hidden1', reason: 'no', actor: agent })

    const all = await reportOf(house)
    expect(all.figures.labelled).toBe(20)
    expect(all.reportedMisroutes).toBe(2)
    expect(all.languages.map(({ language, labelled }) => [language, labelled])).toEqual([['fr', 15]])
    expect(all.labels.map(({ label, recall }) => [label, recall.of])).toEqual([['billing', 20]])
    expect(await reportOf(house, { to: '2026-01-02' })).toMatchObject({
      figures: { labelled: 15 },
      reportedMisroutes: 0,
    })
    expect(await reportOf(house, { from: '2026-01-02' })).toMatchObject({
      figures: { labelled: 5 },
      languages: [],
    })
    const outside = await reportOf(house, { reader: 'public' })
    expect(outside).toMatchObject({ figures: { drawn: 17, labelled: 17 }, reportedMisroutes: 1 })
  })

  it('refuse a period that is none, and a facet that is none', async () => {
    const house = await setUpInsight(await database())
    await expect(reportOf(house, { from: '2026-02-31' })).rejects.toMatchObject({ code: 'PERIOD_INVALID' })
    await expect(reportOf(house, { from: '2026-02-01', to: '2026-02-01' })).rejects.toMatchObject({
      code: 'PERIOD_EMPTY',
    })
    await expect(reportOf(house, { facet: 'none' })).rejects.toMatchObject({ code: 'FACET_NOT_FOUND' })
    expect((await reportOf(house)).summary.en).toBe('No thread was drawn for the audit of “category” yet.')
    expect((await reportOf(house, { from: '2020-01-01', to: '2020-02-01' })).summary).toEqual({
      en: 'No thread was drawn for the audit of “category” in this period.',
      fr: 'Aucune discussion n’a été tirée au sort pour l’audit de «\u00a0category\u00a0» sur cette période.',
    })
  })
})
