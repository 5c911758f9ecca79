import { beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { actor, manager, openWorld, type World } from './world.ts'

describeEachDatabase.always('drafts of articles', (database) => {
  let world: World
  let call: Awaited<ReturnType<World['app']>>
  let threads: (name: string) => string

  beforeAll(async () => {
    world = await openWorld(await database())
    threads = await world.importThreads('forum', 'internal', {
      roaming: {
        title: 'Données à l’étranger',
        question: 'No data in Spain, write to ana@example.org',
        answers: [{ body: 'Switch on roaming.', accepted: true }],
      },
      router: {
        title: 'Red router light',
        question: 'The light is red.',
        answers: [{ body: 'Restart it.', accepted: true }],
      },
      empty: { title: 'Nobody knows', question: 'Why?' },
      box: { title: 'Hot box', question: 'Why is it hot?' },
    })
    call = await world.app([
      manager,
      actor('second', 'internal', 'knowledge-manager'),
      actor('partner', 'partner', 'knowledge-manager'),
      actor('agent', 'internal', 'agent'),
    ])
  })

  const promote = async (name: string) =>
    (await call('manager', 'POST', `/threads/${threads(name)}/promote`)).body as {
      id: string
      revision: number
    }
  const content = (title: string) => ({
    title,
    issue: 'i',
    environment: '',
    resolution: 'r',
    cause: '',
    language: 'en',
  })

  it('are apart from revisions, and name who saved them and when', async () => {
    const { id } = await promote('roaming')
    const none = await call('manager', 'GET', `/articles/${id}/draft`)
    expect(none).toMatchObject({
      status: 200,
      etag: '"0"',
      body: { version: 0, basedOn: 1, content: { title: 'Données à l’étranger' } },
    })
    expect(none.body).not.toHaveProperty('savedAt')
    const draft = { basedOn: 1, content: content('') }
    expect((await call('manager', 'PUT', `/articles/${id}/draft`, draft)).status).toBe(428)
    const saved = await call('manager', 'PUT', `/articles/${id}/draft`, draft, { 'if-match': '"0"' })
    expect(saved).toMatchObject({
      status: 200,
      etag: '"1"',
      body: { version: 1, ...draft, savedBy: { name: 'manager' }, savedAt: expect.any(String) },
    })
    expect((await call('manager', 'GET', `/articles/${id}`)).body).toMatchObject({
      revision: 1,
      title: 'Données à l’étranger',
    })
    expect((await call('second', 'GET', `/articles/${id}/draft`)).body).toEqual(saved.body)
    expect((await call('agent', 'GET', `/articles/${id}/draft`)).status).toBe(403)
  })

  it('refuse who had read an earlier one, and show what they had not read', async () => {
    const { id } = await promote('roaming')
    const stale = await call(
      'second',
      'PUT',
      `/articles/${id}/draft`,
      { basedOn: 1, content: content('mine') },
      { 'if-match': '"0"', 'accept-language': 'fr' },
    )
    expect(stale).toMatchObject({
      status: 412,
      body: {
        code: 'ARTICLE_DRAFT_CONFLICT',
        detail: expect.stringMatching(/modifié par manager \(\d{4}-\d\d-\d\d \d\d:\d\d UTC\)/),
        current: { version: 1, content: content(''), savedBy: { name: 'manager' } },
      },
    })
  })

  it('become a revision and are gone, unless the article has changed meanwhile', async () => {
    const { id } = await promote('roaming')
    const path = `/articles/${id}/draft`
    await call('second', 'PATCH', `/articles/${id}`, { cause: 'off by default' }, { 'if-match': '"1"' })
    const ours = { basedOn: 1, content: content('Roaming') }
    await call('manager', 'PUT', path, ours, { 'if-match': '"1"' })
    const refused = await call('manager', 'POST', `${path}/apply`, {}, { 'if-match': '"2"' })
    expect(refused).toMatchObject({
      status: 412,
      body: {
        code: 'ARTICLE_CONFLICT',
        current: { revision: 2, content: { cause: 'off by default' }, changedBy: { name: 'second' } },
      },
    })
    const merged = { basedOn: 2, content: { ...content('Roaming'), cause: 'off by default' } }
    await call('manager', 'PUT', path, merged, { 'if-match': '"2"' })
    const applied = await call('manager', 'POST', `${path}/apply`, {}, { 'if-match': '"3"' })
    expect(applied).toMatchObject({ status: 200, etag: '"3"', body: { ...merged.content, revision: 3 } })
    expect((await call('manager', 'GET', path)).body).toMatchObject({ version: 4, basedOn: 3 })
    expect((await call('manager', 'POST', `${path}/apply`, {}, { 'if-match': '"4"' })).body.code).toBe(
      'ARTICLE_DRAFT_MISSING',
    )
    const revisions = await call('manager', 'GET', `/articles/${id}/revisions?limit=2`)
    expect(revisions.body.items.map(({ changed }: { changed: string[] }) => changed)).toEqual([
      ['title', 'issue', 'resolution', 'language'],
      ['cause'],
    ])
  })

  it('are converted from HTML before the database is locked to apply them', async () => {
    const { id } = await promote('box')
    const path = `/articles/${id}/draft`
    const draft = { basedOn: 1, content: { ...content('Box'), cause: '<b>Heat</b> in summer' } }
    await call('manager', 'PUT', path, draft, { 'if-match': '"0"' })
    const applied = await call('manager', 'POST', `${path}/apply`, {}, { 'if-match': '"1"' })
    expect(applied).toMatchObject({ status: 200, body: { cause: '**Heat** in summer' } })
  })

  it('can be discarded, and a later one is not taken for them', async () => {
    const { id } = await promote('router')
    const path = `/articles/${id}/draft`
    const draft = { basedOn: 1, content: content('x') }
    await call('manager', 'PUT', path, draft, { 'if-match': '"0"' })
    expect((await call('second', 'DELETE', path, undefined, { 'if-match': '"0"' })).status).toBe(412)
    expect((await call('second', 'DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(204)
    expect((await call('manager', 'PUT', path, draft, { 'if-match': '"0"' })).status).toBe(412)
    expect((await call('manager', 'PUT', path, draft, { 'if-match': '"2"' })).status).toBe(200)
  })

  it('are closed to whoever may not see what the article was made from', async () => {
    const { id } = await promote('router')
    const published = await call('manager', 'POST', `/articles/${id}/publish`, {
      audience: 'partner',
      confirmWiderAudience: true,
    })
    expect(published.status).toBe(200)
    expect((await call('partner', 'GET', `/articles/${id}`)).status).toBe(200)
    expect((await call('partner', 'GET', `/articles/${id}/draft`)).body.code).toBe('ARTICLE_DRAFT_FORBIDDEN')
  })

  it('tells all that a publication lacks, in the reader’s language', async () => {
    const { id } = await promote('empty')
    const check = async (audience: string, language = 'en') =>
      (
        await call('manager', 'GET', `/articles/${id}/publication?audience=${audience}`, undefined, {
          'accept-language': language,
        })
      ).body
    await call(
      'manager',
      'PATCH',
      `/articles/${id}`,
      { issue: 'Write to ana.perez@gmail.com' },
      { 'if-match': '"1"' },
    )
    const found = await check('public', 'fr')
    expect(found).toMatchObject({ audience: 'public', ready: false })
    expect(found.reasons).toMatchObject([
      {
        code: 'ARTICLE_INCOMPLETE',
        missing: ['resolution'],
        sentence: 'Ajoutez ce qui manque\u00a0: la résolution.',
      },
      { code: 'ARTICLE_AUDIENCE_WIDER', permitted: 'internal', confirm: 'confirmWiderAudience' },
      {
        code: 'ARTICLE_PERSONAL_DATA',
        blocks: true,
        findings: [{ id: expect.stringMatching(/^email-/), where: 'issue' }],
      },
    ])
    await call('manager', 'PATCH', `/articles/${id}`, { resolution: 'Because.' }, { 'if-match': '"2"' })
    expect(await check('internal')).toEqual({ audience: 'internal', ready: true, reasons: [] })
    await call(
      'manager',
      'PUT',
      `/articles/${id}/draft`,
      { basedOn: 3, content: content('x') },
      { 'if-match': '"0"' },
    )
    expect(await check('internal')).toMatchObject({
      ready: true,
      reasons: [{ code: 'DRAFT_PENDING', blocks: false }],
    })
    expect(await check('internal&draft=true')).toEqual({ audience: 'internal', ready: true, reasons: [] })
    await call(
      'manager',
      'PUT',
      `/articles/${id}/draft`,
      { basedOn: 3, content: { ...content('x'), issue: '' } },
      { 'if-match': '"1"' },
    )
    expect(await check('internal&draft=true')).toMatchObject({
      ready: false,
      reasons: [{ code: 'ARTICLE_INCOMPLETE', missing: ['issue'] }],
    })
  })

  it('are previewed without anything that could run or load', async () => {
    const markdown =
      '**a** <script>alert(1)</script> [x](javascript:alert(1)) ![p](https://example.org/p.png) <img src=x onerror=alert(1)> [![in](https://example.org/i.png)](https://example.org)'
    const { status, body } = await call('agent', 'POST', '/articles/preview', { markdown })
    expect(status).toBe(200)
    expect(body.html).toContain('<strong>a</strong>')
    expect(body.html).toContain('<a href="https://example.org/p.png" rel="nofollow noopener">p</a>')
    expect(body.html).toContain('<a href="https://example.org" rel="nofollow noopener">in</a>')
    expect(body.html).not.toMatch(/<script|<img|href="javascript|<[^>]* on\w+=/i)
  })
})

describeEachDatabase.always('the list of articles', (database) => {
  it('filters, sorts and counts what the reader may see', async () => {
    const world = await openWorld(await database())
    const call = await world.app([manager, actor('partner', 'partner', 'agent')])
    const threads = await world.importThreads('forum', 'internal', {
      b: { title: 'Écran noir', question: 'q', answers: [{ body: 'Rebranchez le câble.', accepted: true }] },
      a: { title: 'Box lente', question: 'q', answers: [{ body: 'Patience.', accepted: true }] },
      c: { title: 'Câble coupé', question: 'q' },
    })
    const ids: Record<string, string> = {}
    for (const name of ['b', 'a', 'c'])
      ids[name] = (await call('manager', 'POST', `/threads/${threads(name)}/promote`)).body.id
    await call('manager', 'POST', `/articles/${ids.a}/publish`, {
      audience: 'partner',
      confirmWiderAudience: true,
    })
    const list = async (query: string, who = 'manager') =>
      (await call(who, 'GET', `/articles?${query}`)).body.items.map(({ id }: { id: string }) =>
        Object.keys(ids).find((name) => ids[name] === id),
      )
    expect(await list('sort=title')).toEqual(['a', 'c', 'b'])
    expect(await list('sort=created')).toEqual(['c', 'a', 'b'])
    expect(await list('')).toEqual(['a', 'c', 'b'])
    expect(await list('sort=published')).toEqual(['a'])
    expect(await list('q=CABLE')).toEqual(['c', 'b'])
    expect(await list('q=cable%20rebranchez')).toEqual(['b'])
    expect(await list('q=lente.%20patience')).toEqual(['a'])
    expect(await list('audience=partner')).toEqual(['a'])
    const { authors } = (await call('manager', 'GET', `/articles/${ids.b}`)).body
    const helper = authors.find(({ name }: { name: string }) => name.startsWith('Helper'))
    expect((await list(`author=${helper.id}`)).sort()).toEqual(['a', 'b'])
    expect(await list('sort=title', 'partner')).toEqual(['a'])
    expect((await call('manager', 'GET', '/articles/counts')).body).toEqual({
      wip: 1,
      not_validated: 1,
      validated: 1,
      archived: 0,
      flagged: 0,
    })
    expect((await call('partner', 'GET', '/articles/counts')).body).toMatchObject({ wip: 0, validated: 1 })
    const seen: string[] = []
    for (let next = ''; ; ) {
      const page = (await call('manager', 'GET', `/articles?sort=title&limit=1${next && `&cursor=${next}`}`))
        .body
      seen.push(...page.items.map(({ title }: { title: string }) => title))
      expect(page.items[0].flags).toBe(0)
      if (page.next === undefined) break
      next = page.next
    }
    expect(seen).toEqual(['Box lente', 'Câble coupé', 'Écran noir'])
  })
})
