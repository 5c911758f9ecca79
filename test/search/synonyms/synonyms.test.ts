import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { inSecondProcess } from '../../support/second-process.ts'
import { someDocument } from '../some-documents.ts'
import { openWorld, type World } from './world.ts'

const word = (text: string, language?: 'fr' | 'en') => ({ text, language })

describeEachDatabase.always('synonyms', (database) => {
  let address: TestDatabase
  let world: World

  beforeAll(async () => {
    address = await database()
    world = await openWorld(address)
    const article = (id: string, title: string, given: object = {}) =>
      someDocument(id, { kind: 'article', source: undefined, language: 'fr', title, ...given })
    await world.app.search.documents.put([
      article('plan', 'Changer de forfait'),
      article('contract', 'Résilier son abonnement'),
      article('after', 'Que faire après un décès'),
      article('bill', 'Read your bill', { language: 'en' }),
      article('secret', 'Abonnement des dirigeants', { audience: 'internal' }),
    ])
  })
  afterAll(() => world.close())

  const { call, save } = {
    call: (...args: Parameters<World['call']>) => world.call(...args),
    save: (body: object) => world.save(body),
  }
  const titles = async (q: string, more = '') =>
    (await call('stranger', 'GET', `/search?q=${encodeURIComponent(q)}${more}`)).body.items.map(
      ({ id }: { id: string }) => id,
    )
  const version = async () => (await call('internal', 'GET', '/search/synonyms')).body.version

  it('are found by the next search once they are saved, as one types and in the help centre too', async () => {
    expect(await titles('forfait')).toEqual(['plan'])
    const saved = await save({ add: [{ words: [word('forfait', 'fr'), word('abonnement', 'fr')] }] })
    expect(saved).toMatchObject({ status: 200, body: { version: 1, entries: 1, added: 1, removed: 0 } })
    expect(saved.headers.etag).toBe('"1"')
    expect(await titles('forfait')).toEqual(['plan', 'contract'])
    const { body } = await call('stranger', 'GET', '/search?q=forfait')
    expect(body.items[1].titleMarks).toEqual([[13, 23]])
    const typed = await call('stranger', 'GET', '/help/fr/suggestions?q=forfait')
    expect(typed.body.items.map(({ text }: { text: string }) => text)).toEqual([
      'Changer de forfait',
      'Résilier son abonnement',
    ])
    const page = await call('stranger', 'GET', '/help/fr/search?q=forfait')
    expect(page.body).toContain('son <mark>abonnement</mark>')
  })

  it('are found by every other process before its next search', async () => {
    const found = await inSecondProcess<object>(
      address,
      `const { createSearch } = await load('search/search.js')
       const search = createSearch(db, { home: address.home + '/second', log: { info() {}, warn() {} } })
       const ids = async () => (await search.query({ q: 'cellulaire', audience: 'public' })).items.map(({ id }) => id)
       const before = await ids()
       const { saveSynonyms } = await load('search/synonyms/save-synonyms.js')
       const deps = { db, clock: { now: () => new Date() }, audit: { async record() {} }, store: search.synonyms.store }
       const actor = { id: 'x', name: 'x', roles: [], audience: 'internal' }
       await saveSynonyms(deps, { change: { text: 'cellulaire => forfait' }, basedOn: 1, actor })
       return { before, after: await ids() }`,
    )
    expect(found).toEqual({ before: [], after: ['plan'] })
    expect(await titles('cellulaire')).toEqual(['plan'])
  })

  it('answer a question in the other language, and count as an answer', async () => {
    expect(await titles('death', '&language=fr')).toEqual([])
    const before = await call('stranger', 'GET', '/help/fr/search?q=bill')
    // What exists already: the other language below, named as such.
    expect(before.body).toContain('Read your')
    await save({ text: 'en: death, bereavement; fr: décès' })
    expect(await titles('death', '&language=fr')).toEqual(['after'])
    expect(await titles('deaths')).toEqual(['after'])
    expect((await call('stranger', 'GET', '/search?q=bereavement')).body).toMatchObject({ total: 1 })
  })

  it('are listed, the latest first, and found by a part of a word without its accents', async () => {
    const all = (await call('internal', 'GET', '/search/synonyms?limit=2')).body
    expect(all).toMatchObject({ version: 3, total: 3 })
    expect(all.items.map(({ line }: { line: string }) => line)).toEqual([
      'en: death, bereavement; fr: décès',
      'cellulaire => forfait',
    ])
    const rest = (await call('internal', 'GET', `/search/synonyms?limit=2&cursor=${all.next}`)).body
    expect(rest.items).toMatchObject([{ line: 'fr: forfait, abonnement' }])
    expect(rest.next).toBeUndefined()
    const some = (await call('internal', 'GET', '/search/synonyms?q=deces')).body
    expect(some.items).toMatchObject([{ words: [word('death', 'en'), {}, word('décès', 'fr')] }])
  })

  it('are exported as text that imports as the same', async () => {
    const { body: text, headers } = await call('internal', 'GET', '/search/synonyms/export')
    expect(headers['content-type']).toContain('text/plain')
    expect(text).toBe('fr: forfait, abonnement\ncellulaire => forfait\nen: death, bereavement; fr: décès\n')
    const again = await save({ text: `\ufeff# Ours\r\n\r\n${text}`, replace: true })
    expect(again).toMatchObject({ status: 409, body: { code: 'SYNONYMS_UNCHANGED' } })
  })

  it('refuse a save based on another version, with what changed since', async () => {
    const add = [{ words: [word('box'), word('routeur')] }]
    const stale = await call('internal', 'POST', '/search/synonyms', { add }, { 'if-match': '"1"' })
    expect(stale).toMatchObject({
      status: 412,
      body: {
        code: 'SYNONYMS_CONFLICT',
        current: {
          version: 3,
          by: 'internal',
          added: ['cellulaire => forfait', 'en: death, bereavement; fr: décès'],
          removed: [],
        },
      },
    })
    expect((await call('internal', 'POST', '/search/synonyms', { add })).status).toBe(428)
    const at = { 'if-match': `"${await version()}"` }
    const both = await Promise.all([
      call('internal', 'POST', '/search/synonyms', { add }, at),
      call('internal', 'POST', '/search/synonyms', { add: [{ words: [word('sim'), word('puce')] }] }, at),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  })

  it('keep every version, and come back by it', async () => {
    const { items } = (await call('internal', 'GET', '/search/synonyms')).body
    const forfait = items.find(({ line }: { line: string }) => line.startsWith('fr: forfait'))
    await save({ remove: [forfait.id], add: [{ words: [word('Forfait', 'fr'), word('offre', 'fr')] }] })
    expect(await titles('forfait')).toEqual(['plan'])
    expect((await call('internal', 'GET', '/search/synonyms/versions/5')).body).toEqual({
      version: 5,
      added: ['fr: Forfait, offre'],
      removed: ['fr: forfait, abonnement'],
    })
    const restored = await call('internal', 'POST', '/search/synonyms/versions/1/restore', undefined, {
      'if-match': '"5"',
    })
    expect(restored.body).toMatchObject({ version: 6, restoredFrom: 1, entries: 1 })
    expect(await titles('forfait')).toEqual(['plan', 'contract'])
    expect(await titles('death', '&language=fr')).toEqual([])
    const versions = (await call('internal', 'GET', '/search/synonyms/versions')).body.items
    expect(versions.map((each: { version: number }) => each.version)).toEqual([6, 5, 4, 3, 2, 1, 0])
    const gone = await call('internal', 'POST', '/search/synonyms/versions/0/restore', undefined, {
      'if-match': '"6"',
    })
    expect(gone.body).toMatchObject({ version: 7, entries: 0 })
    const missing = await call('internal', 'POST', '/search/synonyms/versions/99/restore', undefined, {
      'if-match': '"7"',
    })
    expect(missing).toMatchObject({ status: 404, body: { code: 'SYNONYM_VERSION_NOT_FOUND' } })
  })

  it.each([
    ['SYNONYM_WORD_EMPTY', { add: [{ words: [word('  '), word('box')] }] }],
    ['SYNONYM_WORD_EMPTY', { text: 'box, !!' }],
    ['SYNONYM_WORD_TOO_LONG', { text: `box, ${'x'.repeat(101)}` }],
    ['SYNONYM_WORD_TOO_LONG', { text: 'box, a b c d e f g' }],
    ['SYNONYM_CHARACTER_INVALID', { add: [{ words: [word('box'), word('\ud800x')] }] }],
    ['SYNONYM_CHARACTER_INVALID', { add: [{ words: [word('box'), word('a,b')] }] }],
    ['SYNONYM_CHARACTER_INVALID', { add: [{ words: [word('box'), word('a\nb')] }] }],
    ['VALIDATION_FAILED', { add: [{ words: [word('box'), word('a\0b')] }] }],
    ['SYNONYM_ALONE', { text: 'box' }],
    ['SYNONYM_ALONE', { text: 'box => Box' }],
    ['SYNONYM_WORDS_TOO_MANY', { text: Array.from({ length: 31 }, (_, at) => `w${at}`).join() }],
    ['SYNONYM_LANGUAGE_UNKNOWN', { text: 'de: Handy, Mobiltelefon' }],
    ['SYNONYM_LINE_INVALID', { text: 'a => b => c' }],
    ['SYNONYM_CHANGE_UNCLEAR', { text: 'a, b', add: [] }],
    ['SYNONYM_CHANGE_UNCLEAR', { add: [], replace: true }],
    ['SYNONYM_NOT_FOUND', { remove: [12_345] }],
    ['SYNONYMS_UNCHANGED', {}],
  ])('refuse what nobody can search for, and say why: %s %#', async (code, body) => {
    const before = await version()
    expect((await save(body)).body).toMatchObject({ code })
    const preview = await call('internal', 'POST', '/search/synonyms/preview', body)
    expect(preview.body).toMatchObject({ code })
    expect(await version()).toBe(before)
  })

  it('name the line at fault, in French too', async () => {
    const answer = await call(
      'internal',
      'POST',
      '/search/synonyms/preview',
      { text: '# first\nbox, routeur\n\nbox,' },
      { 'accept-language': 'fr' },
    )
    expect(answer.body.detail).toBe(
      'La ligne 4 contient un mot vide, ou sans lettre ni chiffre. Écrivez quelque chose, ou retirez-le.',
    )
  })

  it('take ten thousand entries, circles among them, and no more', async () => {
    const lines = Array.from({ length: 10_000 }, (_, at) => `word${at} => word${(at + 1) % 10_000}`)
    const saved = await save({ text: lines.join('\n'), replace: true })
    expect(saved.body).toMatchObject({ entries: 10_000 })
    expect(await titles('word12')).toEqual([])
    const beyond = await save({ text: 'one, more' })
    expect(beyond).toMatchObject({ status: 409, body: { code: 'SYNONYMS_TOO_MANY' } })
    await save({ text: '', replace: true })
  })

  it('are previewed against what people asked: the first results before and after', async () => {
    const now = new Date().toISOString()
    await address.db.sql('searches').insert({
      id: 'one',
      day: now.slice(0, 10),
      visit: '',
      audience: 'public',
      language: 'fr',
      terms: 'chang cellulair',
      text: 'changer de cellulaire',
      asked_at: now,
      count: 4,
      failed: 4,
      found: 0,
      shown: '[]',
    })
    const body = { add: [{ words: [word('cellulaire', 'fr'), word('forfait', 'fr')] }] }
    const preview = await call('internal', 'POST', '/search/synonyms/preview', body)
    expect(preview.body).toMatchObject({
      added: 1,
      removed: 0,
      questions: 6,
      touched: 2,
      asked: 2,
      changed: 1,
    })
    expect(preview.body.items).toMatchObject([
      { kind: 'search', text: 'changer de cellulaire', before: { nothing: true }, after: { nothing: false } },
    ])
    expect(preview.body.items[0].after.items[0]).toMatchObject({ id: 'plan', title: 'Changer de forfait' })
    // Nothing was saved; readers outside the company learn nothing of what was searched for inside.
    expect(await titles('cellulaire')).toEqual([])
    const partner = await call('partner', 'POST', '/search/synonyms/preview', body)
    expect(partner.body).toMatchObject({ questions: 4, touched: 1, changed: 0, items: [] })
    const closed = { add: [{ words: [word('dirigeants'), word('chefs')] }] }
    expect((await call('public', 'POST', '/search/synonyms/preview', closed)).body).toMatchObject({
      touched: 0,
    })
    expect((await call('internal', 'POST', '/search/synonyms/preview', closed)).body).toMatchObject({
      touched: 1,
    })
  })

  it('are proposed from duplicates and translations, of what the reader may see', async () => {
    await world.importPairs('forum', 'public', 'fr', [
      ['Mon portable ne charge plus', 'Mon smartphone ne charge plus'],
      ['Acheter un portable neuf', 'Acheter un smartphone neuf'],
      ['Forfait bloqué à vie', 'Forfait gelé'],
    ])
    await world.importPairs('staff', 'internal', 'fr', [
      ['Le projet zéphyr avance', 'Le projet mistral avance'],
      ['Budget de zéphyr', 'Budget de mistral'],
    ])
    const article = (id: string, language: string, title: string, given: object = {}) =>
      someDocument(id, { kind: 'article', source: undefined, language, title, ...given })
    await world.app.search.documents.put([
      article('fr1', 'fr', 'Décès'),
      article('en1', 'en', 'Death', { translationOf: 'fr1' }),
      article('fr2', 'fr', 'Licenciement', { audience: 'internal' }),
      article('en2', 'en', 'Redundancy', { translationOf: 'fr2' }),
    ])
    const proposals = async (who: 'internal' | 'partner' | 'public') =>
      (await call(who, 'GET', '/search/synonyms/proposals')).body.items.map(
        ({ words }: { words: { text: string }[] }) =>
          words
            .map(({ text }) => text)
            .sort()
            .join('/'),
      )
    expect((await proposals('internal')).sort()).toEqual([
      'death/décès',
      'licenciement/redundancy',
      'mistral/zéphyr',
      'portable/smartphone',
    ])
    for (const who of ['partner', 'public'] as const)
      expect((await proposals(who)).sort()).toEqual(['death/décès', 'portable/smartphone'])
    const { items } = (await call('public', 'GET', '/search/synonyms/proposals')).body
    const [phones] = items.filter(({ origin }: { origin: string }) => origin === 'duplicates')
    expect(phones).toMatchObject({ pairs: 2, examples: [{ titles: [{}, {}] }, {}] })
    await call('internal', 'POST', '/search/synonyms/proposals/decline', { words: phones.words })
    await save({ add: [{ words: [word('décès', 'fr'), word('death', 'en')] }] })
    expect(await proposals('public')).toEqual([])
  })

  it('are proposed from searches that the same article solved, unless one visitor alone says so', async () => {
    const article = (id: string, title: string, body: string, given: object = {}) =>
      someDocument(id, { kind: 'article', source: undefined, language: 'fr', title, body, ...given })
    await world.app.search.documents.put([
      article('block', 'Bloquer une tablette', 'Une ardoise volée'),
      article('charge', 'Charger une tablette', 'Une ardoise vide'),
      article('inside', 'Prêter un badge', 'Prêter une carte', { audience: 'internal' }),
      article('inside2', 'Rendre un badge', 'Rendre une carte', { audience: 'internal' }),
    ])
    const { search, platform } = world.app
    const solve = (visit: string, q: string, id: string, audience: 'public' | 'internal' = 'public') => {
      const asked = { q, language: 'fr', audience, visit, found: 1, failed: false, shown: [id] }
      search.noteSearch(asked)
      search.noteOpening({ visit, audience, documentId: id, solved: true })
    }
    const origins = async (who: 'internal' | 'public') =>
      (await call(who, 'GET', '/search/synonyms/proposals')).body.items
        .filter(({ origin }: { origin: string }) => origin === 'searches')
        .map(({ words }: { words: { text: string }[] }) => words.map(({ text }) => text).toSorted())
    const solvings = async () =>
      Number((await platform.db.sql('search_openings').count({ n: '*' }).first())?.n)
    const pairs = (visit: string) => {
      solve(`${visit}1`, 'bloquer tablette', 'block')
      solve(`${visit}2`, 'bloquer ardoise', 'block')
      solve(`${visit}3`, 'charger tablette', 'charge')
      solve(`${visit}4`, 'charger ardoise', 'charge')
      solve(`${visit}5`, 'prêter badge', 'inside', 'internal')
      solve(`${visit}6`, 'prêter carte', 'inside', 'internal')
      solve(`${visit}7`, 'rendre badge', 'inside2', 'internal')
      solve(`${visit}8`, 'rendre carte', 'inside2', 'internal')
    }
    pairs('one')
    await vi.waitFor(async () => expect(await solvings()).toBe(8), { timeout: 20_000 })
    expect(await origins('internal')).toEqual([])
    pairs('other')
    await vi.waitFor(async () => expect(await solvings()).toBe(16), { timeout: 20_000 })
    expect((await origins('internal')).toSorted()).toEqual([
      ['ardoise', 'tablette'],
      ['badge', 'carte'],
    ])
    expect(await origins('public')).toEqual([['ardoise', 'tablette']])
  })
})
