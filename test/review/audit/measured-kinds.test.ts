import { expect, it } from 'vitest'
import { revokeAnnotation } from '../../../src/labels/annotate-thread.ts'
import { stateCosts } from '../../../src/labels/costs/state-costs.ts'
import { changeFacet } from '../../../src/labels/define-facet.ts'
import { MESSAGE_KIND } from '../../../src/labels/message-kind.ts'
import { labelRoutes } from '../../../src/labels/routes.ts'
import { stableId } from '../../../src/platform/ids.ts'
import { reviewRoutes } from '../../../src/review/routes.ts'
import { triageRoutes } from '../../../src/triage/routes.ts'
import { type RuleSet, rule } from '../../../src/triage/routing/routing-rule.ts'
import { saveRuleSet } from '../../../src/triage/routing/save-rule-set.ts'
import { supervisor } from '../../labels/support.ts'
import { buildTestApp } from '../../server/test-app.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { setUpReview, uniqueQuestion } from '../setting.ts'

const COMPLAINTS = 40
const OTHERS = 30
const needed = 60

/** A forum of complaints (the model knows the word) and of other posts, and another source with one complaint. */
async function setUp(database: TestDatabase) {
  const setting = await setUpReview(database)
  await setting.activate({ rotten: 'complaint', how: 'question' }, MESSAGE_KIND)
  // What is labelled from now on, the model cannot have learned.
  setting.clock.advance(1_000)
  const complaints = Array.from({ length: COMPLAINTS }, (_, at) => ({
    id: stableId('thr', 'complaint', String(at)),
    title: `Rotten ${uniqueQuestion(at)}`,
  }))
  const others = Array.from({ length: OTHERS }, (_, at) => ({
    id: stableId('thr', 'other', String(at)),
    title: `How ${uniqueQuestion(100 + at)}`,
  }))
  await setting.store([...complaints, ...others])
  await setting.store([{ id: 'elsewhere', title: 'Rotten tomatoes' }], { name: 'garden' })
  await setting.announce([...complaints, ...others].map(({ id }) => id).concat('elsewhere'))
  await setting.drain()
  const { app, keyFor } = await buildTestApp(
    database,
    [triageRoutes(setting.deps), reviewRoutes(setting.review), labelRoutes(setting.deps)],
    { clock: setting.clock },
  )
  const { headers } = await keyFor('supervisor', 'agent')
  const call = async (method: 'GET' | 'POST', url: string, payload?: object) =>
    (await app.inject({ method, url: `/api${url}`, headers, payload })).json()
  const draw = (threads = needed, source = 'forum') =>
    call('POST', '/review/audit-draws', { source, threads })
  const complaintIds = new Set(complaints.map(({ id }) => id))
  const isComplaint = (id: string) => complaintIds.has(id)
  /** A complaint that nobody labels: the audit does not draw it. */
  async function undrawn() {
    const drawn: string[] = await setting.db.sql('audit_slice').pluck('thread_id')
    return complaints.find(({ id }) => !drawn.includes(id))!.id
  }

  /** Labels the audited threads of the queue blind, as many as asked for. */
  async function audit(count: number, kindOf = (id: string) => (isComplaint(id) ? 'complaint' : 'question')) {
    const ids: string[] = await setting.db.sql('audit_slice').orderBy('thread_id').pluck('thread_id')
    const done = await setting.db.sql('annotations').whereRaw('blind').pluck('thread_id')
    for (const id of ids.filter((each) => !done.includes(each)).slice(0, count))
      await call('POST', `/threads/${id}/annotations`, {
        facet: MESSAGE_KIND,
        label: kindOf(id),
        blind: true,
      })
    await setting.drain()
  }
  const triage = async (id?: string) => {
    const { predictions, routing } = await call('GET', `/threads/${id ?? (await undrawn())}/triage`)
    return { prediction: predictions[0], routing }
  }
  return {
    setting,
    call,
    draw,
    audit,
    triage,
    isComplaint,
    complaint: complaints[0]!.id,
    other: others[1]!.id,
  }
}

describeEachDatabase.rarely('message kinds on a source', (database) => {
  it('route nothing before the source was audited, and every answer says how far the audit is', async () => {
    const { call, draw, audit, triage } = await setUp(await database())
    await draw()
    await audit(12)
    const sentence = 'suggested; not measured on this source: 12 of 60 audited'
    const { prediction, routing } = await triage()
    expect(routing).toMatchObject({ rule: 'default', destination: { kind: 'community' } })
    expect(prediction).toMatchObject({
      label: 'complaint',
      decision: 'suggested',
      measured: { source: 'forum', acts: false, audited: 12, needed: 60, sentence: { en: sentence } },
    })
    expect(prediction.measured.sentence.fr).toBe(
      'suggérée\u202f; pas mesurée sur cette source\u00a0: 12 discussions auditées sur 60',
    )
    const post = { body: 'What a rotten service', source: 'forum' }
    expect(await call('POST', '/classify', post)).toMatchObject({
      predictions: [{ decision: 'suggested', measured: { sentence: { en: sentence } } }],
      routing: { rule: 'default' },
    })
    expect(await call('POST', '/classify', { body: post.body })).toMatchObject({
      predictions: [
        {
          decision: 'suggested',
          measured: { acts: false, sentence: { en: expect.stringContaining('names no source') } },
        },
      ],
    })
  })

  it('act once 60 threads of the source were labelled blind and show that the kind keeps its budget', async () => {
    const { call, draw, audit, triage } = await setUp(await database())
    expect(await draw()).toEqual({ facet: MESSAGE_KIND, source: 'forum', added: 60, drawn: 60 })
    await audit(59)
    expect((await triage()).prediction).toMatchObject({ decision: 'suggested', measured: { audited: 59 } })
    await audit(1)
    const { prediction, routing } = await triage()
    expect(routing).toMatchObject({ rule: 'complaints', destination: { kind: 'queue', name: 'complaints' } })
    expect(prediction).toMatchObject({ decision: 'assigned', measured: { acts: true, audited: 60 } })
    const { assigned, right, sentence } = prediction.measured
    expect(right).toBe(assigned)
    expect(sentence.en).toMatch(
      new RegExp(
        `^acts; measured on this source: ${right} of ${assigned} right \\(100%; 95% interval \\d\\d–100%\\), 60 audited$`,
      ),
    )
    const { items } = await call('GET', `/facets/${MESSAGE_KIND}/measurements`)
    expect(items.filter(({ acts }: { acts: boolean }) => acts)).toMatchObject([
      { source: 'forum', label: 'complaint', assigned, right },
      { source: 'forum', label: 'question' },
    ])
    expect(await call('POST', '/classify', { body: 'rotten', source: 'forum' })).toMatchObject({
      predictions: [{ decision: 'assigned' }],
      routing: { rule: 'complaints' },
    })
  })

  it.each([
    ['its confidence', { confidence: { facet: MESSAGE_KIND, below: 1 } }, 'eager'],
    ['its probability', { probability: { facet: MESSAGE_KIND, label: 'complaint', atLeast: 0.2 } }, 'eager'],
    ['another kind', { probability: { facet: MESSAGE_KIND, label: 'idea', below: 0.99 } }, 'default'],
  ])('tell rules nothing of %s before they act', async (_, when, after) => {
    const { setting, draw, audit, triage } = await setUp(await database())
    const ruleSet: RuleSet = {
      rules: [rule('eager', when, { destination: { kind: 'queue', name: 'complaints' }, priority: 'high' })],
      default: { destination: { kind: 'community', name: 'community' }, priority: 'normal' },
    }
    await saveRuleSet(setting.deps, { ruleSet, basedOn: 0, actor: supervisor })
    await draw()
    await audit(59)
    expect((await triage()).routing.rule).toBe('default')
    await audit(1)
    expect((await triage()).routing.rule).toBe(after)
  })

  it('act on no other source than the one that was measured', async () => {
    const { draw, audit, triage } = await setUp(await database())
    await draw()
    await audit(60)
    expect(await triage('elsewhere')).toMatchObject({
      prediction: { decision: 'suggested', measured: { source: 'garden', audited: 0 } },
      routing: { rule: 'default' },
    })
  })

  it('stay suggestions where the audit shows that they are wrong too often', async () => {
    const { draw, audit, triage, isComplaint } = await setUp(await database())
    await draw()
    let seen = 0
    // Every fourth thread that the model takes for a complaint asks for help.
    await audit(60, (id) => (isComplaint(id) && seen++ % 4 > 0 ? 'complaint' : 'question'))
    const { prediction, routing } = await triage()
    expect(routing).toMatchObject({ rule: 'default' })
    expect(prediction.decision).toBe('suggested')
    expect(prediction.measured.sentence.en).toMatch(
      /^suggested; wrong too often on this source: \d+ of \d+ right \(7\d%; at least 93% needed\)$/,
    )
  })

  it('no longer act when the budget becomes stricter than what was measured, or the audit is taken back', async () => {
    const { setting, draw, audit, triage, isComplaint } = await setUp(await database())
    await draw()
    let wrong = 1
    await audit(60, (id) => (isComplaint(id) && wrong-- <= 0 ? 'complaint' : 'question'))
    expect((await triage()).prediction.decision).toBe('assigned')
    await changeFacet(setting.deps, { facet: MESSAGE_KIND, riskBudget: 0.01, actor: supervisor })
    await setting.drain()
    expect(await triage()).toMatchObject({
      prediction: { decision: 'suggested' },
      routing: { rule: 'default' },
    })
    await changeFacet(setting.deps, { facet: MESSAGE_KIND, riskBudget: 0.07, actor: supervisor })
    await setting.drain()
    expect((await triage()).prediction.decision).toBe('assigned')
    const blind = await setting.db.sql('annotations').whereRaw('blind').first('id')
    await revokeAnnotation(setting.deps, { id: blind.id, actor: supervisor })
    await setting.drain()
    expect((await triage()).prediction).toMatchObject({ decision: 'suggested', measured: { audited: 59 } })
  })

  it('no longer act where the mistakes that the audit found cost more than the budget allows', async () => {
    const { setting, draw, audit, triage, isComplaint } = await setUp(await database())
    await draw()
    let wrong = 1
    await audit(60, (id) => (isComplaint(id) && wrong-- <= 0 ? 'complaint' : 'question'))
    expect((await triage()).prediction.decision).toBe('assigned')
    const costs = [{ truth: 'question', given: 'complaint', cost: 10 }]
    await stateCosts(setting.deps, { facet: MESSAGE_KIND, costs, actor: supervisor })
    await setting.drain()
    const { prediction, routing } = await triage()
    expect(routing).toMatchObject({ rule: 'default' })
    expect(prediction.decision).toBe('suggested')
    expect(prediction.measured.sentence.en).toMatch(
      /^suggested; its mistakes on this source cost more than the risk budget allows: \d+ of \d+ right/,
    )
    await stateCosts(setting.deps, { facet: MESSAGE_KIND, costs: [], actor: supervisor })
    await setting.drain()
    expect((await triage()).prediction.decision).toBe('assigned')
  })

  it('act where a person gave them, audited or not', async () => {
    const { call, setting, triage, complaint } = await setUp(await database())
    await call('POST', `/threads/${complaint}/annotations`, { facet: MESSAGE_KIND, label: 'complaint' })
    await setting.drain()
    expect((await triage(complaint)).routing).toMatchObject({ rule: 'complaints' })
  })

  it('come to the review queue as suggestions, with that reason, until they act', async () => {
    const { call, draw, audit } = await setUp(await database())
    const suggestions = async () => {
      const { items } = await call('GET', `/review/queue?facet=${MESSAGE_KIND}&limit=20`)
      return items.filter(({ why }: { why: string }) => why === 'suggested')
    }
    const handed = await suggestions()
    expect(handed.length).toBeGreaterThanOrEqual(8)
    for (const { reason, blind, prediction } of handed) {
      expect(prediction).toMatchObject({ label: 'complaint', decision: 'suggested' })
      expect(blind).toBe(false)
      expect(reason).toMatch(
        /^The model suggests complaint \(90%\)\. Suggested; not measured on this source: 0 of 60 audited\. Confirm or correct it\.$/,
      )
    }
    await draw()
    await audit(60)
    const { items } = await call('GET', `/review/queue?facet=${MESSAGE_KIND}&limit=40`)
    const afterwards = items.filter(
      ({ why, source }: { why: string; source: string }) => why === 'suggested' && source === 'forum',
    )
    // Those held from before are still the agent's; nothing new of the forum is suggested.
    const known = new Set(handed.map(({ threadId }: { threadId: string }) => threadId))
    expect(afterwards.every(({ threadId }: { threadId: string }) => known.has(threadId))).toBe(true)
  })

  it('draw more threads only as often as asked, never those labelled with the suggestion in view, and say so in the audit log', async () => {
    const { call, setting, draw, other } = await setUp(await database())
    await setting.label(other, MESSAGE_KIND, 'question')
    expect(await draw(20)).toMatchObject({ added: 20, drawn: 20 })
    expect(await draw(20)).toMatchObject({ added: 0, drawn: 20 })
    expect(await draw(500)).toMatchObject({ added: 49, drawn: 69 })
    expect(await setting.db.sql('audit_slice').where({ thread_id: other })).toEqual([])
    const log = await setting.db.sql('audit_log').where({ action: 'audit-slice.drawn' })
    expect(log).toHaveLength(2)
    expect(await call('POST', '/review/audit-draws', { source: 'nowhere' })).toMatchObject({
      code: 'SOURCE_NOT_FOUND',
    })
    expect(await call('GET', '/facets/category/measurements')).toMatchObject({
      code: 'FACET_ACTS_EVERYWHERE',
    })
  })
})
