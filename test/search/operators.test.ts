import { expect, it } from 'vitest'
import { AUDIENCES, type Audience, visibleTo } from '../../src/access/audience.ts'
import { createOutbox } from '../../src/platform/jobs/events.ts'
import { createJobStore } from '../../src/platform/jobs/job-store.ts'
import type { SearchRequest } from '../../src/search/answer-query.ts'
import { createSearch, type Search } from '../../src/search/search.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { addSource, heardLog, searchOn, someDocument } from './some-documents.ts'

const asker =
  (search: Search) =>
  async (q: string, more: Partial<SearchRequest> = {}) => {
    const answer = await search.query({ q, audience: 'public', ...more })
    return { ...answer, ids: answer.items.map(({ id }) => id).sort() }
  }

describeEachDatabase('operators in a search', (database) => {
  it('keep to phrases, titles, languages and sources, and leave out what is excluded', async () => {
    const search = await searchOn(await database())
    await search.documents.put([
      someDocument('phrase', { title: 'Airplane mode', body: 'Switch the airplane mode off.' }),
      someDocument('apart', { title: 'Mode of an airplane', body: 'The mode changes. An airplane.' }),
      someDocument('french', {
        language: 'fr',
        title: 'Mode avion',
        body: 'Coupez le mode avion (airplane mode).',
      }),
      someDocument('tickets', { source: 'tickets', title: 'Airplane mode stays on' }),
    ])
    const ask = asker(search)
    expect((await ask('airplane mode')).ids).toEqual(['apart', 'french', 'phrase', 'tickets'])
    expect(await ask('"airplane mode"')).toMatchObject({ total: 3, ids: ['french', 'phrase', 'tickets'] })
    expect((await ask('« airplane modes » lang:fr')).ids).toEqual(['french'])
    expect((await ask('airplane title:"airplane mode"')).ids).toEqual(['phrase', 'tickets'])
    expect((await ask('airplane mode source:TICKETS')).ids).toEqual(['tickets'])
    expect((await ask('airplane mode -source:tickets -lang:fr -switch')).ids).toEqual(['apart'])
    const [hit] = (await ask('"airplane mode" switch', { source: 'forum', language: 'en' })).items
    const marks = hit!.snippet.marks.map(([start, end]) => hit!.snippet.text.slice(start, end))
    expect(marks).toEqual(['Switch', 'airplane mode'])
    expect(await search.threadIds('"airplane mode" -switch', 'public')).toEqual(
      expect.arrayContaining(['tickets', 'french']),
    )
    expect(await search.threadIds('"mode airplane"', 'public')).toEqual([])
  })

  it('say that nothing fits where a phrase stands nowhere, and show what is nearest without it', async () => {
    const search = await searchOn(await database())
    await search.documents.put([
      someDocument('a', { title: 'Mode of an airplane' }),
      someDocument('b', { title: 'Airplane mode', language: 'fr' }),
    ])
    const ask = asker(search)
    expect(await ask('"mode airplane" lang:en')).toMatchObject({ total: 0, nearest: true, ids: ['a'] })
    const none = { total: 0, nearest: undefined, ids: [] }
    expect(await ask('airplane source:nowhere')).toMatchObject(none)
    expect(await ask('airplane -airplanes')).toMatchObject(none)
    for (const q of ['lang:fr', '-airplane', 'source:forum', '""', '"?"'])
      expect(await ask(q)).toMatchObject(none)
  })

  it('are meant literally: what is quoted is neither corrected nor has synonyms', async () => {
    const search = await searchOn(await database())
    await search.documents.put([
      someDocument('a', { title: 'Roaming abroad' }),
      someDocument('b', { title: 'Roming abroad', audience: 'internal' }),
    ])
    const ask = asker(search)
    expect(await ask('roming')).toMatchObject({ total: 1, corrected: 'roaming', ids: ['a'] })
    const quoted = await ask('"roming" abroad')
    expect(quoted).toMatchObject({ total: 0 })
    expect(quoted.corrected).toBeUndefined()
    expect((await ask('"roming"', { audience: 'internal' })).ids).toEqual(['b'])
    expect(await ask('roming "abroad"')).toMatchObject({ total: 1, corrected: 'roaming "abroad"' })
  })

  it('never break a search, however it is written', async () => {
    const search = await searchOn(await database())
    await search.documents.put([someDocument('a', { title: 'Router', body: 'It blinks "orange".' })])
    const ask = asker(search)
    const hostile = [
      '"',
      '-',
      ':',
      'title:',
      'lang:',
      '-"',
      '« ',
      '\0',
      '\ud800',
      '"\udfff"',
      'title:"a',
      'source:x ',
      '-b ',
    ]
    for (const piece of hostile)
      for (const q of [piece, `${piece}router`, `router ${piece}`, `router ${piece.repeat(10_000)}`])
        if (q.trim() !== '') await ask(q)
    expect(await ask(`router ${'x'.repeat(1_000_000)}`)).toMatchObject({ total: expect.any(Number) })
    expect((await ask('router "blinks orange" \0')).ids).toEqual(['a'])
    expect((await ask('"router', { facets: true })).ids).toEqual(['a'])
  })

  it('are not kept in the log of searches, nor is a search with personal data in one', async () => {
    const { db, home } = await database()
    await addSource({ db }, 'forum', 'public')
    const clock = fakeClock('2026-01-10T08:00:00.000Z')
    const jobs = createJobStore(db, clock, () => undefined)
    const outbox = createOutbox(db, clock, () => undefined)
    const recording = { clock, jobs, outbox, identifiers: [], keptDays: 90 }
    const search = createSearch(db, { home, log: heardLog(), recording })
    await search.documents.put([someDocument('a', { title: 'Router blinks orange', body: 'Martin Dupont.' })])
    const searched = ['router "blinks orange" -Martin source:Dupont lang:en']
    const personal = ['router source:jeanne.martin@example.org', 'router -"06 12 34 56 78"']
    for (const q of [...searched, ...personal])
      search.noteSearch({ q, language: 'en', audience: 'public', found: 1, failed: false, shown: ['a'] })
    await asker(search)('"router blinks"', { language: 'en' })
    await search.close()
    const rows = await db.sql('searches').select('text')
    expect(rows.map(({ text }) => text).sort()).toEqual(['router blinks', 'router blinks orange'])
  })
})

describeEachDatabase('facets of a search', (database) => {
  it('count what each filter finds, with the others applied', async () => {
    const search = await searchOn(await database())
    await search.documents.put([
      someDocument('a', { title: 'Router one', category: 'box' }),
      someDocument('b', { title: 'Router two', category: 'box', source: 'tickets' }),
      someDocument('c', { title: 'Router three', kind: 'article', category: 'wifi', source: undefined }),
      someDocument('d', { title: 'Router quatre', language: 'fr', category: 'wifi' }),
      someDocument('e', { title: 'Something else' }),
    ])
    const ask = asker(search)
    expect((await ask('router')).facets).toBeUndefined()
    expect((await ask('router', { facets: true, limit: 1 })).facets).toEqual({
      kind: [
        { value: 'thread', count: 3 },
        { value: 'article', count: 1 },
      ],
      language: [
        { value: 'en', count: 3 },
        { value: 'fr', count: 1 },
      ],
      category: [
        { value: 'box', count: 2 },
        { value: 'wifi', count: 2 },
      ],
      source: [
        { value: 'forum', count: 2 },
        { value: 'tickets', count: 1 },
      ],
    })
    expect((await ask('router', { facets: true, category: 'box', source: 'forum' })).facets).toEqual({
      kind: [{ value: 'thread', count: 1 }],
      language: [{ value: 'en', count: 1 }],
      category: [
        { value: 'box', count: 1 },
        { value: 'wifi', count: 1 },
      ],
      source: [
        { value: 'forum', count: 1 },
        { value: 'tickets', count: 1 },
      ],
    })
    expect((await ask('router -one', { facets: true })).facets?.source).toEqual([
      { value: 'forum', count: 1 },
      { value: 'tickets', count: 1 },
    ])
    expect((await ask('zebra', { facets: true })).facets).toEqual({
      kind: [],
      language: [],
      category: [],
      source: [],
    })
  })

  it('have no trace of what the reader may not see, nor do operators', async () => {
    const address = await database()
    const { db } = address
    const search = await searchOn(address)
    const facetsOf = async (audience: Audience, q = 'router') =>
      JSON.stringify(await search.query({ q, audience, facets: true }))
    const questions = [
      'router',
      '"router of nobody"',
      'router source:of-internal',
      'router -source:of-internal',
      'router lang:it',
    ]
    const before = new Map<Audience, string[]>()
    for (const audience of AUDIENCES.toReversed()) {
      await addSource({ db }, `of-${audience}`, audience)
      const more = { audience, category: `topic-${audience}`, source: `of-${audience}` }
      await search.documents.put([
        someDocument(`thread-${audience}`, {
          title: 'Router of nobody',
          language: audience === 'internal' ? 'it' : 'en',
          ...more,
        }),
        someDocument(`article-${audience}`, {
          kind: 'article',
          title: 'Router guide',
          ...more,
          source: undefined,
        }),
      ])
      before.set(audience, await Promise.all(questions.map((q) => facetsOf(audience, q))))
    }
    for (const audience of AUDIENCES) {
      expect(await Promise.all(questions.map((q) => facetsOf(audience, q)))).toEqual(before.get(audience))
      const { facets } = await search.query({ q: 'router', audience, facets: true })
      const topics = facets?.category.map(({ value }) => value).sort()
      expect(topics).toEqual(
        visibleTo(audience)
          .map((each) => `topic-${each}`)
          .sort(),
      )
    }
  })
})
