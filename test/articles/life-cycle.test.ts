import { expect, it } from 'vitest'
import type { ArticleView } from '../../src/articles/present-article.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { inSecondProcess } from '../support/second-process.ts'
import { actor, manager, openWorld } from './world.ts'

describeEachDatabase('the life of an article', (database) => {
  async function withDraft() {
    const address = await database()
    const world = await openWorld(address)
    const thread = await world.importThreads('forum', 'public', {
      t: {
        title: 'Roaming abroad',
        question: 'No data in Spain.',
        answers: [{ body: 'Switch roaming on.', accepted: true }],
        labels: { category: 'roaming' },
      },
    })
    const call = await world.app([manager, actor('agent', 'internal', 'agent')])
    const { body: draft } = await call('manager', 'POST', `/threads/${thread('t')}/promote`)
    const path = `/articles/${draft.id}`
    const find = async (q: string, kind = 'article') =>
      (await call(undefined, 'GET', `/search?kind=${kind}&q=${encodeURIComponent(q)}`)).body
    return { address, world, call, path, find, id: draft.id as string, threadId: thread('t') }
  }

  it('keeps no HTML of an edit: what it shows becomes Markdown, what it would run goes', async () => {
    const { call, path } = await withDraft()
    const change = {
      issue: 'Plain *Markdown* stays.',
      resolution: '<script>alert(1)</script>Press <b onclick="run()">reset</b>.',
      cause: '[a trap](javascript:alert(1)) <img src=x onerror=alert(2)>',
    }
    const { body } = await call('manager', 'PATCH', path, change, { 'if-match': '"1"' })
    expect(body).toMatchObject({ issue: change.issue, resolution: 'Press **reset**.' })
    expect(body.cause).toContain('a trap')
    expect(body.cause).not.toMatch(/javascript:|<img|onerror/)
  })

  it('has the text of an earlier revision again, as a new one', async () => {
    const { world, call, path, id } = await withDraft()
    await call('manager', 'PATCH', path, { cause: 'It is off.', title: 'Roaming' }, { 'if-match': '"1"' })
    const restore = (number: number, revision: string | undefined, who = 'manager') =>
      call(who, 'POST', `${path}/revisions/${number}/restore`, {}, revision ? { 'if-match': revision } : {})
    expect(await restore(1, '"2"')).toMatchObject({
      status: 200,
      etag: '"3"',
      body: { cause: '', title: 'Roaming abroad', confidence: 'not_validated', revision: 3 },
    })
    const entries = await world.db
      .sql('audit_log')
      .where({ target: id, action: 'article.edited' })
      .orderBy('id')
    expect(JSON.parse(entries.at(-1).after)).toMatchObject({ revision: 3, restores: 1, cause: '' })
    // What it has already is no change.
    expect(await restore(1, '"3"')).toMatchObject({ status: 200, etag: '"3"' })
    for (const [answer, problem] of [
      [await restore(9, '"3"'), { status: 404, body: { code: 'ARTICLE_REVISION_NOT_FOUND' } }],
      [await restore(1, '"2"'), { status: 412, body: { code: 'ARTICLE_CONFLICT' } }],
      [await restore(1, undefined), { status: 428, body: { code: 'PRECONDITION_REQUIRED' } }],
      [await restore(1, '"3"', 'agent'), { status: 403 }],
    ] as const)
      expect(answer).toMatchObject(problem)
  })

  it('goes from a thread to search and out of it, each step kept and audited', async () => {
    const { world, call, path, id, find, threadId } = await withDraft()
    expect((await find('roaming')).total).toBe(0)
    const draft = await call('manager', 'GET', path)
    expect(draft).toMatchObject({ status: 200, etag: '"1"', body: { confidence: 'not_validated', threadId } })

    world.clock.advance(1000)
    const edited = await call(
      'manager',
      'PATCH',
      path,
      { cause: 'It is off by default.' },
      { 'if-match': '"1"' },
    )
    expect(edited).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { cause: 'It is off by default.', revision: 2 },
    })

    const published = await call('manager', 'POST', `${path}/publish`, { audience: 'public' })
    expect(published).toMatchObject({ status: 200, etag: '"3"' })
    expect(published.body).toMatchObject({ confidence: 'validated', audience: 'public' })
    const found = await find('default roaming')
    expect(found).toMatchObject({
      total: 1,
      items: [{ id, path: `/api${path}`, kind: 'article', category: 'roaming' }],
    })
    expect(found.items[0].snippet.text).toContain('off by default')

    const reworded = await call(
      'manager',
      'PATCH',
      path,
      { resolution: 'Enable the toggle.' },
      { 'if-match': '"3"' },
    )
    expect(reworded.body).toMatchObject({ confidence: 'validated', revision: 4 })
    expect((await find('toggle')).total).toBe(1)

    const archived = await call('manager', 'POST', `${path}/archive`)
    expect(archived).toMatchObject({ status: 200, etag: '"5"', body: { confidence: 'archived' } })
    expect((await find('toggle')).total).toBe(0)
    const late = await call('manager', 'PATCH', path, { title: 'No' }, { 'if-match': '"5"' })
    expect(late).toMatchObject({ status: 409, body: { code: 'ARTICLE_ARCHIVED' } })

    const again = await call('manager', 'POST', `${path}/publish`, { audience: 'customer' })
    expect(again.body).toMatchObject({ confidence: 'validated', audience: 'customer', revision: 6 })
    expect((await find('toggle')).total).toBe(0)

    const { body: revisions } = await call('agent', 'GET', `${path}/revisions`)
    const history = revisions.items.map((one: { number: number; confidence: string; audience: string }) => [
      one.number,
      one.confidence,
      one.audience,
    ])
    expect(history).toEqual([
      [6, 'validated', 'customer'],
      [5, 'archived', 'public'],
      [4, 'validated', 'public'],
      [3, 'validated', 'public'],
      [2, 'not_validated', 'internal'],
      [1, 'not_validated', 'internal'],
    ])
    expect(revisions.items[4].content).toMatchObject({
      resolution: 'Switch roaming on.',
      cause: 'It is off by default.',
    })
    const { items: entries } = await world.audit.list({ target: id, limit: 20 })
    const verbs = ['promoted', 'edited', 'published', 'edited', 'archived', 'published']
    expect(entries.map(({ action }) => action).reverse()).toEqual(verbs.map((verb) => `article.${verb}`))
    expect(entries.at(-2)).toMatchObject({
      before: { revision: 1, cause: '' },
      after: { revision: 2, cause: 'It is off by default.' },
    })
  })

  it('changes nothing when published or archived again, or edited to what it is', async () => {
    const { call, path, world } = await withDraft()
    const state = async () => ({
      articles: await world.db.sql('articles'),
      revisions: await world.db.sql('article_revisions').orderBy('number'),
      audits: await world.db.sql('audit_log').orderBy('id'),
      documents: await world.db.sql('search_documents').orderBy('id'),
    })
    const publish = () => call('manager', 'POST', `${path}/publish`, { audience: 'public' })
    const first = await publish()
    const published = await state()
    world.clock.advance(5000)
    expect(await publish()).toEqual(first)
    const { title } = first.body
    expect(await call('manager', 'PATCH', path, { title }, { 'if-match': '"2"' })).toEqual(first)
    expect(await state()).toEqual(published)
    const gone = await call('manager', 'POST', `${path}/archive`)
    const archived = await state()
    expect(await call('manager', 'POST', `${path}/archive`)).toEqual(gone)
    expect(await state()).toEqual(archived)
  })

  it('asks editors which revision they read, and refuses the one that was overtaken', async () => {
    const { call, path } = await withDraft()
    const change = { title: 'Mine' }
    expect(await call('manager', 'PATCH', path, change)).toMatchObject({
      status: 428,
      body: { code: 'PRECONDITION_REQUIRED' },
    })
    expect((await call('manager', 'PATCH', path, change, { 'if-match': '"1"' })).status).toBe(200)
    const stale = await call('manager', 'PATCH', path, { title: 'Late' }, { 'if-match': '"1"' })
    expect(stale).toMatchObject({ status: 412, body: { code: 'ARTICLE_CONFLICT' } })
    expect(stale.body.detail).toContain('is now at revision 2')
    for (const verb of ['publish', 'archive']) {
      const body = verb === 'publish' ? { audience: 'public' } : undefined
      const answer = await call('manager', 'POST', `${path}/${verb}`, body, { 'if-match': '"1"' })
      expect(answer).toMatchObject({ status: 412, body: { code: 'ARTICLE_CONFLICT' } })
    }
    expect((await call('manager', 'GET', path)).body).toMatchObject({ title: 'Mine', revision: 2 })
  })

  it('lets one of two simultaneous edits win, and tells the other', async () => {
    const { call, path } = await withDraft()
    const answers = await Promise.all(
      ['One', 'Two', 'Three'].map((title) =>
        call('manager', 'PATCH', path, { title }, { 'if-match': '"1"' }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412])
    expect((await call('manager', 'GET', `${path}/revisions`)).body.items).toHaveLength(2)
  })

  it('is not published without a question and an answer, nor loses them afterwards', async () => {
    const { call, path } = await withDraft()
    await call('manager', 'PATCH', path, { resolution: '  ', issue: '' }, { 'if-match': '"1"' })
    const refused = await call('manager', 'POST', `${path}/publish`, { audience: 'public' })
    expect(refused).toMatchObject({ status: 409, body: { code: 'ARTICLE_INCOMPLETE' } })
    expect(refused.body.detail).toContain('issue, resolution')
    await call('manager', 'PATCH', path, { resolution: 'Do so.', issue: 'How?' }, { 'if-match': '"2"' })
    expect((await call('manager', 'POST', `${path}/publish`, { audience: 'public' })).status).toBe(200)
    const emptied = await call('manager', 'PATCH', path, { resolution: '' }, { 'if-match': '"4"' })
    expect(emptied).toMatchObject({ status: 409, body: { code: 'ARTICLE_INCOMPLETE' } })
  })

  it('is found by another process with its very next query after publishing', async () => {
    const { address, call, path, id } = await withDraft()
    const asking = `
      const { createSearch } = await load('search/search.js')
      const search = createSearch(db, { home: address.home, log: { info() {}, warn() {} } })
      const { items } = await search.query({ q: 'roaming', audience: 'public', kind: 'article' })
      return items.map(({ id }) => id)`
    expect(await inSecondProcess(address, asking)).toEqual([])
    await call('manager', 'POST', `${path}/publish`, { audience: 'public' })
    expect(await inSecondProcess(address, asking)).toEqual([id])
  })

  it('moves to the category that its thread is moved to', async () => {
    const { call, path, find, world, threadId } = await withDraft()
    await call('manager', 'POST', `${path}/publish`, { audience: 'public' })
    const facet = await world.facets.ensure('category')
    await world.facets.ensureLabels(facet.id, ['mobile'])
    const { correctLabel } = await import('../../src/labels/annotate-thread.ts')
    await correctLabel(world, { threadId, facet: 'category', label: 'mobile', actor: manager })
    await world.runJobs()
    expect((await find('roaming')).items).toMatchObject([{ category: 'mobile' }])
  })

  it('is listed last changed first, page by page, by confidence and language', async () => {
    const world = await openWorld(await database())
    const names = ['a', 'b', 'c', 'd', 'e']
    const thread = await world.importThreads(
      'forum',
      'public',
      Object.fromEntries(
        names.map((name) => [name, { question: 'Why?', answers: [{ body: 'So.', accepted: true }] }]),
      ),
    )
    const call = await world.app()
    const ids: string[] = []
    for (const name of names) {
      ids.unshift((await call('manager', 'POST', `/threads/${thread(name)}/promote`)).body.id)
      world.clock.advance(1000)
    }
    await call('manager', 'PATCH', `/articles/${ids[4]}`, { language: 'fr' }, { 'if-match': '"1"' })
    const seen: string[] = []
    let query = '?limit=2'
    for (;;) {
      const { body } = await call('manager', 'GET', `/articles${query}`)
      seen.push(...body.items.map(({ id }: ArticleView) => id))
      if (body.next === undefined) break
      query = `?limit=2&cursor=${body.next}`
    }
    expect(seen).toEqual([ids[4], ...ids.slice(0, 4)])
    const list = async (filter: string) =>
      (await call('manager', 'GET', `/articles?${filter}`)).body.items.map(({ id }: ArticleView) => id)
    expect(await list('language=fr')).toEqual([ids[4]])
    expect(await list('confidence=validated')).toEqual([])
    expect(await list('confidence=not_validated')).toHaveLength(5)
  })
})
