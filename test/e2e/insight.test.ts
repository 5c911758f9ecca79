import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Alert } from '../../src/insight/alerts/alert-store.ts'
import type { AuditReport } from '../../src/insight/audit/audit-report.ts'
import type { ParityReport } from '../../src/insight/parity/parity-report.ts'
import type { SavingsReport } from '../../src/insight/savings/savings-report.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { DEMO, TRAIN } from '../support/demo.ts'
import { keyOf } from '../support/keys.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'
import { until } from '../webhooks/setting.ts'

describeEachDatabase.rarely(
  'a supervisor learns how good the models are on the demo community',
  (database) => {
    let address: TestDatabase
    let service: Service
    let key: string
    let agent: string

    beforeAll(async () => {
      address = await database(DEMO)
      key = (await keyOf(address, 'supervisor')).token
      agent = (await keyOf(address, 'agent')).token
      service = await startService(address, {
        ENTRAIDE_AUDIT_SHARE: '0.4',
        ENTRAIDE_RETRAIN_AFTER: '100000',
      })
      await until('all threads are routed', async () => (await countOf('routing_decisions')) >= 800)
      await until('the slice is drawn', async () => (await waiting('review.draw-audit-slice')) === 0)
      await runJson(address, TRAIN)
    })
    afterAll(async () => {
      expect(await service.stop()).toBe(0)
    })

    /** Jobs of the type that wait for their time are due now. */
    const bringForward = (type: string) =>
      address.db.sql('jobs').where({ type, status: 'queued' }).update({ run_at: '2020-01-01T00:00:00.000Z' })
    const countOf = async (table: string) => Number((await address.db.sql(table).count('* as n').first())?.n)
    const waiting = async (type: string) =>
      Number((await address.db.sql('jobs').where({ type }).count('* as n').first())?.n)
    const get = async <T>(path: string) => (await service.call<T>(`/api/insight/${path}`, { key })).body

    /** What the category model said of drawn threads when they were drawn. */
    const drawn = () =>
      address.db
        .sql('audit_snapshots as s')
        .join('facets as f', 'f.id', 's.facet_id')
        .join('threads as t', 't.id', 's.thread_id')
        .where('f.name', 'category')
        .orderBy('s.thread_id')
        .select<{ id: string; language: string; label: string }[]>('t.id', 't.language', 's.label')

    it('from threads drawn at random that an agent has labelled blind, over HTTP and on the command line', async () => {
      const total = await countOf('audit_slice')
      await until('all of them are predicted', async () => (await drawn()).length === total)
      const threads = await drawn()
      const other = threads.find(({ label }) => label !== threads[0]?.label)!.label
      // The agents find every English prediction right, and every second French one wrong.
      let wrong = 0
      for (const [i, { id, language, label }] of threads.entries()) {
        const isWrong = language === 'fr' && i % 2 === 0
        if (isWrong) wrong++
        const body = {
          facet: 'category',
          label: isWrong ? (label === other ? threads[0]!.label : other) : label,
          blind: true,
        }
        const answer = await service.call(`/api/threads/${id}/annotations`, { key: agent, body })
        expect(answer.status).toBe(201)
      }
      const report = await get<AuditReport>('audit?facet=category')
      expect(report.figures).toMatchObject({
        drawn: total,
        setAside: 0,
        labelled: total,
        accuracy: { count: total - wrong, of: total },
      })
      const [low, high] = report.figures.accuracy.interval
      expect(low).toBeLessThan((total - wrong) / total)
      expect(high).toBeGreaterThan((total - wrong) / total)
      expect(report.languages.map(({ language }) => language).sort()).toEqual(['en', 'fr'])
      expect(report.summary.fr).toContain('ont été étiquetées à l’aveugle')
      expect(await runJson(address, ['insight', 'audit', 'category'])).toEqual(report)
      const { stdout } = await runCommand(address, ['insight', 'audit'])
      expect(stdout).toContain('threads drawn at random were labelled blind')
      const before = await get<AuditReport>('audit?facet=category&to=2020-01-01')
      expect(before.figures.drawn).toBe(0)
    })

    it('in French and English side by side, with an alert that says where they are apart', async () => {
      const report = await get<ParityReport>('parity')
      expect(report).toMatchObject({ facet: 'category', version: 1, basis: 'audit-slice' })
      const accuracy = report.differences.find(({ measure }) => measure === 'accuracy')!
      expect(accuracy.difference).toBeLessThan(-0.3)
      expect(accuracy.adjusted).toBeLessThan(0.001)
      expect(await runJson(address, ['insight', 'parity'])).toEqual(report)
      // It looks within a minute of the activation, then each day.
      await bringForward('insight.check-parity')
      await until(
        'an alert is raised',
        async () => (await get<{ items: Alert[] }>('alerts')).items.length > 0,
      )
      const { items } = await get<{ items: Alert[] }>('alerts?facet=category')
      expect(items).toContainEqual(
        expect.objectContaining({ kind: 'parity', measure: 'accuracy', version: 1, basis: 'audit-slice' }),
      )
      expect(await runJson(address, ['insight', 'alerts'])).toEqual({ alerts: items })
      expect((await get<{ items: Alert[] }>('alerts?resolved=true')).items).toEqual([])
    })

    it('and whether more labels are worth it', async () => {
      // Three minutes gather versions that follow each other.
      await bringForward('insight.measure-curve')
      await until('the curve is measured', async () => (await countOf('learning_curves')) > 0)
      const report = await get<SavingsReport>('learning-curve?facet=category&more=100')
      expect(report.curve?.points.length).toBeGreaterThanOrEqual(3)
      expect(report.prediction).toMatchObject({ more: 100, advice: expect.any(String) })
      expect(report.summary.en).toMatch(/^100 more labels would gain/)
      expect(report.summary.fr).toMatch(/^100 étiquettes de plus/)
      expect(await runJson(address, ['insight', 'savings', 'category', '--more', '100'])).toEqual(report)
    })

    it('which is nobody else’s to see', async () => {
      for (const path of ['audit', 'parity', 'learning-curve', 'alerts'])
        expect((await service.call(`/api/insight/${path}`, { key: agent })).status).toBe(403)
      const refused = await service.call<{ code: string }>('/api/insight/audit?from=yesterday', { key })
      expect(refused).toMatchObject({ status: 400, body: { code: 'PERIOD_INVALID' } })
    })
  },
)
