import { expect, it } from 'vitest'
import { AUDIENCES, type Audience } from '../../src/access/audience.ts'
import type { Search } from '../../src/search/search.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { inSecondProcess } from '../support/second-process.ts'
import { addSource, searchOn, someDocument } from './some-documents.ts'

const publish = (address: TestDatabase, documents: string) =>
  inSecondProcess(
    address,
    `const { createSearch } = await load('search/search.js')
     const search = createSearch(db, { home: address.home, log: { info() {}, warn() {} } })
     await search.documents.put(${documents})`,
  )

describeEachDatabase('search', (database) => {
  it('finds by stem, in French and in English, with the matches marked', async () => {
    const search = await searchOn(await database())
    await search.documents.put([
      someDocument('fr', {
        language: 'fr',
        title: 'Factures illisibles',
        issue: 'Mes factures sont floues.',
        body: 'Téléchargez la facture depuis votre espace client.',
      }),
      someDocument('en', { title: 'Unreadable bills', body: 'Download the bill from your account.' }),
    ])
    const french = await search.query({ q: 'facture illisible', audience: 'public' })
    expect(french).toMatchObject({
      query: 'facture illisible',
      total: 1,
      items: [{ id: 'fr', path: '/api/threads/fr' }],
    })
    const [hit] = french.items
    expect(hit?.titleMarks.map(([from, to]) => hit.title.slice(from, to))).toEqual(['Factures', 'illisibles'])
    expect(hit?.snippet.marks.map(([from, to]) => hit.snippet.text.slice(from, to))).toEqual(['facture'])
    const english = await search.query({ q: 'billing', audience: 'public' })
    expect(english.items.map(({ id }) => id)).toEqual(['en'])
  })

  it('answers an honest nothing, and refuses to search for nothing', async () => {
    const search = await searchOn(await database())
    await search.documents.put([someDocument('a', { body: 'router' })])
    expect(await search.query({ q: 'giraffe', audience: 'public' })).toEqual({
      query: 'giraffe',
      total: 0,
      items: [],
      failed: true,
    })
    expect(await search.query({ q: '???', audience: 'public' })).toMatchObject({ total: 0, items: [] })
    await expect(search.query({ q: '  ', audience: 'public' })).rejects.toMatchObject({
      code: 'SEARCH_QUERY_EMPTY',
    })
  })

  it('says that nothing fits what is asked, and shows what is nearest', async () => {
    const search = await searchOn(await database())
    await search.documents.put([
      someDocument('a', { title: 'Router blinks orange' }),
      someDocument('b', { title: 'Bills of last year' }),
    ])
    const q = 'Which king founded an abbey across the river near an orange grove?'
    const answer = await search.query({ q, audience: 'public' })
    expect(answer).toMatchObject({ total: 0, nearest: true, items: [{ id: 'a' }] })
    expect(answer.next).toBeUndefined()
    expect((await search.query({ q: 'orange router', audience: 'public' })).nearest).toBeUndefined()
  })

  it('shows what a misspelt word was taken for, as the first hits write it, unless the reader may not see it', async () => {
    const search = await searchOn(await database())
    await search.documents.put([
      someDocument('a', { title: 'Prévenir de son Déménagement', language: 'fr' }),
      someDocument('b', { title: 'Restructuration', language: 'fr', audience: 'internal' }),
    ])
    const corrected = async (q: string, audience: Audience) => (await search.query({ q, audience })).corrected
    expect(await corrected('mon déménagemnt ?', 'public')).toBe('mon déménagement ?')
    expect(await corrected('mon demenagement', 'public')).toBeUndefined()
    expect(await corrected('la restrcturation', 'internal')).toBe('la restructuration')
    expect(await search.query({ q: 'la restrcturation', audience: 'public' })).toMatchObject({ items: [] })
    expect(await corrected('la restrcturation', 'public')).toBeUndefined()
  })

  it('marks the matches of a title with French no-break spaces', async () => {
    const search = await searchOn(await database())
    const title = 'Ma  facture\u00a0: «\u00a0illisible\u00a0»\u202f?'
    await search.documents.put([someDocument('a', { title, language: 'fr' })])
    const { items } = await search.query({ q: 'facture illisible', audience: 'public' })
    expect(items[0]?.titleMarks.map(([from, to]) => title.slice(from, to))).toEqual(['facture', 'illisible'])
  })

  it('filters by language, kind, category and source', async () => {
    const search = await searchOn(await database())
    await search.documents.put([
      someDocument('a', { body: 'modem', language: 'fr', category: 'internet', source: 'forum' }),
      { ...someDocument('b', { body: 'modem', kind: 'article', category: 'billing' }), source: undefined },
      someDocument('c', { body: 'modem', source: 'tickets' }),
    ])
    const found = async (filter: object) => {
      const answer = await search.query({ q: 'modem', audience: 'public', ...filter })
      expect(answer.total).toBe(answer.items.length)
      return answer.items.map(({ id }) => id).sort()
    }
    expect(await found({})).toEqual(['a', 'b', 'c'])
    expect(await found({ language: 'fr' })).toEqual(['a'])
    expect(await found({ kind: 'article' })).toEqual(['b'])
    expect(await found({ category: 'internet' })).toEqual(['a'])
    expect(await found({ source: 'tickets' })).toEqual(['c'])
    expect(await found({ kind: 'thread', language: 'en' })).toEqual(['c'])
    expect(await found({ category: 'unknown' })).toEqual([])
  })

  it('puts an article before a thread that fits as well, and after one that fits much better', async () => {
    const search = await searchOn(await database())
    await search.documents.put([
      someDocument('a-thread', { title: 'Slow modem', body: 'Restart it.' }),
      someDocument('b-article', { title: 'Slow modem', body: 'Restart it.', kind: 'article' }),
      someDocument('c-article', {
        title: 'Bills',
        body: 'A slow modem comes by once in all that is said here of bills.',
        kind: 'article',
      }),
    ])
    const { items } = await search.query({ q: 'slow modem', audience: 'public' })
    expect(items.map(({ id }) => id)).toEqual(['b-article', 'a-thread', 'c-article'])
    expect(items[0]?.score).toBeCloseTo((items[1]?.score ?? 0) * 1.25, 3)
  })

  it('pages through everything once, whatever its kind', async () => {
    const search = await searchOn(await database())
    const all = Array.from({ length: 25 }, (_, i) =>
      someDocument(`d${String(i).padStart(2, '0')}`, {
        body: 'fibre',
        kind: i % 3 === 0 ? 'article' : 'thread',
      }),
    )
    await search.documents.put(all)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await search.query({ q: 'fibre', audience: 'public', limit: 7, ...(cursor && { cursor }) })
      expect(page.total).toBe(25)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen).toHaveLength(25)
    expect(new Set(seen).size).toBe(25)
    for (const bad of ['nonsense', Buffer.from('["offset","-1"]').toString('base64url')])
      await expect(search.query({ q: 'fibre', audience: 'public', cursor: bad })).rejects.toMatchObject({
        status: 400,
      })
  })

  for (const reader of AUDIENCES) {
    for (const audience of AUDIENCES) {
      const sees = AUDIENCES.indexOf(audience) >= AUDIENCES.indexOf(reader)
      it(`${sees ? 'shows' : 'hides'} what is ${audience} ${sees ? 'to' : 'from'} the ${reader} circle`, async () => {
        const answer = await askMatrix(undefined, reader)
        const ids = answer.items.map(({ id }) => id)
        expect(ids.includes(`thread-${audience}`)).toBe(sees)
        expect(ids.includes(`article-${audience}`)).toBe(sees)
        expect(answer.total).toBe(2 * (AUDIENCES.length - AUDIENCES.indexOf(reader)))
        // To the last digit of a score, the answer is the one of a database where the hidden never was.
        if (!sees) expect(answer).toEqual(await askMatrix(audience, reader))
      })
    }
  }

  const matrices = new Map<Audience | undefined, Promise<Search>>()

  /** Asks a database that holds a thread and an article of every audience but one. */
  async function askMatrix(without: Audience | undefined, audience: Audience) {
    const made = matrices.get(without) ?? makeMatrix(without)
    matrices.set(without, made)
    return (await made).query({ q: 'secret', audience })
  }

  async function makeMatrix(without: Audience | undefined): Promise<Search> {
    const search = await searchOn(await database())
    const documents = AUDIENCES.filter((audience) => audience !== without).flatMap((audience) =>
      (['thread', 'article'] as const).map((kind) =>
        someDocument(`${kind}-${audience}`, { kind, audience, body: `A secret of the ${audience} circle` }),
      ),
    )
    await search.documents.put(documents)
    return search
  }

  it('hides the threads of a source at the moment it closes its circle, whatever the index still holds', async () => {
    const address = await database()
    const search = await searchOn(address)
    await search.documents.put([
      someDocument('a', { body: 'antenna' }),
      someDocument('b', { body: 'antenna', source: 'tickets' }),
    ])
    const found = async (audience: Audience) => {
      const { total, items } = await search.query({ q: 'antenna', audience })
      return [total, ...items.map(({ id }) => id)]
    }
    expect(await found('public')).toEqual([2, 'a', 'b'])
    await addSource(address, 'tickets', 'partner')
    expect(await found('public')).toEqual([1, 'a'])
    expect(await found('partner')).toEqual([2, 'a', 'b'])
    expect((await search.query({ q: 'antenna', audience: 'public', source: 'tickets' })).total).toBe(0)
  })

  it('no longer shows what was narrowed, changed or removed, from the very next query', async () => {
    const search = await searchOn(await database())
    const document = someDocument('a', { body: 'antenna' })
    const total = async (q: string) => (await search.query({ q, audience: 'public' })).total
    await search.documents.put([document])
    expect(await total('antenna')).toBe(1)
    await search.documents.put([{ ...document, body: 'satellite' }])
    expect([await total('antenna'), await total('satellite')]).toEqual([0, 1])
    await search.documents.put([{ ...document, audience: 'partner' }])
    expect(await total('antenna')).toBe(0)
    await search.documents.put([document])
    expect(await total('antenna')).toBe(1)
    await search.documents.remove(['a', 'never-there'])
    expect(await total('antenna')).toBe(0)
  })

  it('keeps no text of what was removed', async () => {
    const address = await database()
    const search = await searchOn(address)
    await search.documents.put([someDocument('a', { body: 'antenna', issue: 'antenna', tags: ['antenna'] })])
    await search.documents.remove(['a'])
    const rows = await address.db.sql('search_documents')
    expect(JSON.stringify(rows)).not.toContain('antenna')
  })

  it('never shows what a transaction took back, and refuses to be asked inside one', async () => {
    const { db, ...rest } = await database()
    const search = await searchOn({ db, ...rest })
    const attempt = db.transaction(async () => {
      await search.documents.put([someDocument('a', { body: 'antenna' })])
      await search.query({ q: 'antenna', audience: 'public' })
    })
    await expect(attempt).rejects.toThrow('inside a transaction')
    expect((await search.query({ q: 'antenna', audience: 'public' })).total).toBe(0)
  })

  it('changes nothing when the same documents are put again', async () => {
    const address = await database()
    const search = await searchOn(address)
    const documents = [someDocument('a', { body: 'antenna', category: 'tv' }), someDocument('b')]
    await search.documents.put(documents)
    const before = await address.db.sql('search_documents').orderBy('id')
    await search.documents.put(documents)
    expect(await address.db.sql('search_documents').orderBy('id')).toEqual(before)
    expect(await address.db.sql('sequences').where({ name: 'search' }).first('value')).toEqual({ value: 2 })
  })

  it('finds with its next query what another process published', async () => {
    const address = await database()
    const search = await searchOn(address)
    const ids = async () => {
      const { items } = await search.query({ q: 'beacon', audience: 'public' })
      return items.map(({ id }) => id).sort()
    }
    await search.documents.put([someDocument('here', { body: 'beacon' })])
    expect(await ids()).toEqual(['here'])
    await publish(address, JSON.stringify([someDocument('there', { body: 'beacon' })]))
    expect(await ids()).toEqual(['here', 'there'])
  })

  it('misses nothing when several processes publish at once while others search', async () => {
    const address = await database()
    const search = await searchOn(address)
    let done = false
    const publishing = Promise.all(
      ['p', 'q', 'r'].map((name) =>
        inSecondProcess(
          address,
          `const { createSearch } = await load('search/search.js')
           const search = createSearch(db, { home: address.home, log: { info() {}, warn() {} } })
           for (let i = 0; i < 40; i++) {
             const document = { ...${JSON.stringify(someDocument('x', { body: 'beacon' }))}, id: '${name}' + i }
             await db.transaction(() => search.documents.put([document]))
             const { total } = await search.query({ q: 'beacon', audience: 'public', source: undefined })
             if (total < i + 1) throw new Error('not found: ' + i + ' of ' + total)
           }`,
        ),
      ),
    ).finally(() => {
      done = true
    })
    let last = 0
    while (!done) {
      const { total } = await search.query({ q: 'beacon', audience: 'public' })
      expect(total).toBeGreaterThanOrEqual(last)
      last = total
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await publishing
    expect((await search.query({ q: 'beacon', audience: 'public' })).total).toBe(120)
  })

  it('lets many queries at once share one way to the present', async () => {
    const { db, ...rest } = await database()
    const search = await searchOn({ db, ...rest })
    await search.documents.put(Array.from({ length: 30 }, (_, i) => someDocument(`d${i}`, { body: 'lamp' })))
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => search.query({ q: 'lamp', audience: 'public' })),
    )
    expect(answers.map(({ total }) => total)).toEqual(Array(20).fill(30))
  })

  it('sees in each query what was committed before it, even while another catches up', async () => {
    const search = await searchOn(await database())
    const asking: Promise<void>[] = []
    for (let i = 1; i <= 30; i++) {
      await search.documents.put([someDocument(`d${i}`, { body: 'lamp' })])
      asking.push(
        search
          .query({ q: 'lamp', audience: 'public' })
          .then(({ total }) => expect(total).toBeGreaterThanOrEqual(i)),
      )
    }
    await Promise.all(asking)
  })
})
