import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AUDIENCES, type Audience, visibleTo } from '../../../src/access/audience.ts'
import { createOutbox } from '../../../src/platform/jobs/events.ts'
import { createJobStore } from '../../../src/platform/jobs/job-store.ts'
import type { AskedSearch } from '../../../src/search/log/search-log-store.ts'
import { createSearch, type Search } from '../../../src/search/search.ts'
import type { Suggestion } from '../../../src/search/suggest.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { eventually } from '../../support/eventually.ts'
import { fakeClock } from '../../support/fake-clock.ts'
import { addSource, heardLog, someDocument } from '../some-documents.ts'

const DAY_MS = 86_400_000

/** A process that suggests, of articles for each audience and a thread, and what visits asked. */
async function suggestingOn({ db, home }: TestDatabase) {
  const clock = fakeClock('2026-01-10T08:00:00.000Z')
  const log = heardLog()
  const identifiers = [{ kind: 'customer-number', pattern: 'CL####' }] as const
  await addSource({ db }, 'forum', 'public')
  const open = (folder = home, options: object = {}) => {
    const jobs = createJobStore(db, clock, () => undefined)
    const outbox = createOutbox(db, clock, () => undefined)
    return createSearch(db, {
      home: folder,
      log,
      recording: { clock, jobs, outbox, identifiers, keptDays: 90 },
      ...options,
    })
  }
  const search = open()
  await search.documents.put([
    ...AUDIENCES.map((audience) =>
      someDocument(`art-${audience}`, {
        kind: 'article',
        audience,
        source: undefined,
        title: `Roaming rates zz${audience}zz`,
        body: `What roaming costs zzbody${audience}zz.`,
      }),
    ),
    someDocument('thread', { title: 'Roaming does not start', issue: 'My roaming does not start.' }),
    someDocument('itinerance', {
      kind: 'article',
      source: undefined,
      language: 'fr',
      title: 'Activer l’itinérance',
    }),
  ])

  const suggest = async (q: string, more: object = {}, by: Search = search) =>
    by.suggest({ q, audience: 'public', language: 'en', ...more })
  /** The texts of one kind. */
  const texts = async (kind: Suggestion['kind'], q: string, more: object = {}, by: Search = search) =>
    (await suggest(q, more, by)).filter((each) => each.kind === kind).map(({ text }) => text)
  const asked = (text: string, visit: string, given: Partial<AskedSearch> = {}): AskedSearch => ({
    language: 'en',
    words: text
      .toLowerCase()
      .split(' ')
      .sort()
      .map((word) => [word]),
    text,
    audience: 'public',
    visit,
    found: 1,
    failed: false,
    shown: ['art-public'],
    at: '2026-01-09T08:00:00.000Z',
    count: 1,
    ...given,
  })
  return {
    db,
    clock,
    log,
    search,
    open,
    suggest,
    texts,
    /** So many visits that ask the same. */
    async ask(text: string, visits: number, given: Partial<AskedSearch> = {}) {
      const searches = Array.from({ length: visits }, (_, n) => asked(text, `visit_${text}_${n}`, given))
      await search.log.add({ searches }, async () => undefined)
    },
    /** The questions that are suggested by a process that starts now, once it has read them. */
    async questions(q: string, more: object = {}) {
      const starting = open(mkdtempSync(join(home, 'other-')))
      await suggest(q, more, starting)
      await starting.close()
      return texts('question', q, more, starting)
    },
  }
}

describeEachDatabase('suggestions as one types', (database) => {
  it('are completions, articles and threads, in this order, each with what agrees', async () => {
    const { suggest } = await suggestingOn(await database())
    expect(await suggest('roam')).toEqual([
      { kind: 'completion', text: 'roaming', marks: [[0, 4]], language: 'en' },
      {
        kind: 'article',
        text: 'Roaming rates zzpubliczz',
        marks: [[0, 7]],
        language: 'en',
        id: 'art-public',
      },
      { kind: 'thread', text: 'Roaming does not start', marks: [[0, 7]], language: 'en', id: 'thread' },
    ])
    expect(await suggest("l'itin", { language: 'fr' })).toEqual([
      { kind: 'completion', text: "l'itinérance", marks: [[0, 6]], language: 'fr' },
      { kind: 'article', text: 'Activer l’itinérance', marks: [[10, 20]], language: 'fr', id: 'itinerance' },
    ])
    expect((await suggest('itimé', { language: 'fr' })).map(({ text }) => text)).toEqual([
      'itinérance',
      'Activer l’itinérance',
    ])
    expect((await suggest('roam', { limit: 2 })).map(({ kind }) => kind)).toEqual(['completion', 'article'])
    expect((await suggest('i', { language: undefined })).length).toBeGreaterThan(0)
    expect(await suggest('  ')).toEqual([])
  })

  it('show a reader nothing of what is for others', async () => {
    const { suggest } = await suggestingOn(await database())
    for (const audience of AUDIENCES) {
      const hidden = AUDIENCES.filter((each) => !visibleTo(audience).includes(each))
      for (const q of [
        'zz',
        'roaming rates ',
        'roaming rates z',
        'rates',
        ...AUDIENCES.map((each) => `zz${each.slice(0, 4)}`),
        ...AUDIENCES.map((each) => `zy${each}`),
      ]) {
        const told = JSON.stringify(await suggest(q, { audience, limit: 16 }))
        expect([audience, q, ...hidden.filter((each) => told.includes(`zz${each}zz`))]).toEqual([audience, q])
      }
      const own = JSON.stringify(await suggest(`zz${audience.slice(0, 4)}`, { audience }))
      expect([audience, own]).toEqual([audience, expect.stringContaining(`zz${audience}zz`)])
    }
  })

  it('follow what is published, narrowed, locked away and removed, at once', async () => {
    const { db, search, texts } = await suggestingOn(await database())
    expect(await texts('completion', 'tele')).toEqual([])
    const article = someDocument('new', { kind: 'article', source: undefined, title: 'Telephone box' })
    await search.documents.put([article])
    expect(await texts('completion', 'tele')).toEqual(['telephone'])
    await search.documents.put([{ ...article, audience: 'internal' }])
    expect(await texts('completion', 'tele')).toEqual([])
    expect(await texts('completion', 'tele', { audience: 'internal' })).toEqual(['telephone'])
    await search.documents.remove(['new'])
    expect(await texts('completion', 'tele', { audience: 'internal' })).toEqual([])
    expect(await texts('completion', 'star')).toEqual(['start'])
    await db.sql('sources').where({ name: 'forum' }).update({ audience: 'internal' })
    expect([...(await texts('completion', 'star')), ...(await texts('thread', 'star'))]).toEqual([])
  })

  it('are titles alone, as they are now, while much is missing from the index', async () => {
    const { db, search, suggest, open } = await suggestingOn(await database())
    expect(await suggest('roam')).toHaveLength(3)
    const late = open(undefined, { waitsFor: 0 })
    await late.warm()
    await eventually(late.freshness, ({ changes, indexed }) => indexed === changes)
    expect(await suggest('roam', {}, late)).toHaveLength(3)
    await search.documents.put([
      someDocument('art-public', {
        kind: 'article',
        audience: 'internal',
        source: undefined,
        title: 'Roaming secret',
      }),
    ])
    const gone = await db.sql('search_documents').where({ id: 'art-public' }).first('audience')
    expect(gone).toEqual({ audience: 'internal' })
    expect(JSON.stringify(await suggest('roam', {}, late))).not.toMatch(/secret|zzpubliczz|completion/)
    await late.close()
  })

  it('are the same after a start from a snapshot, and with what changed meanwhile', async () => {
    const { search, open, suggest, texts, log } = await suggestingOn(await database())
    const before = await suggest('roam')
    await search.close()
    await search.documents.remove(['itinerance'])
    const again = open()
    const found = await eventually(
      () => suggest('roam', {}, again),
      (some) => some.length === before.length,
    )
    expect(found).toEqual(before)
    expect(await texts('completion', 'itin', { language: 'fr' }, again)).toEqual([])
    expect(log.warnings).toEqual([])
    await again.close()
  })

  it('bear whatever is typed', async () => {
    const { suggest } = await suggestingOn(await database())
    const hostile = [
      'a'.repeat(1_000_000),
      'roam '.repeat(200_000),
      '\0',
      '\ud800',
      'roam\udfff',
      "'".repeat(999),
      '"',
      '-',
      'title:',
      '%…%',
      '١٢٣',
    ]
    for (const q of hostile) for (const { text } of await suggest(q)) expect(text).not.toMatch(/[\0\p{Cs}]/u)
  })
})

describeEachDatabase('popular questions', (database) => {
  it('are what five visits asked in the same words, whatever the case', async () => {
    const world = await suggestingOn(await database())
    await world.ask('Roaming rates abroad', 3)
    await world.ask('roaming rates abroad', 1, { words: [['abroad'], ['rates'], ['roaming']], visit: 'x' })
    await world.search.documents.put([someDocument('abroad', { body: 'Abroad.' })])
    expect(await world.questions('roam')).toEqual([])
    await world.ask('ROAMING rates abroad', 1)
    expect(await world.questions('roam')).toEqual(['roaming rates abroad'])
    expect(await world.questions('abroad ra')).toEqual(['roaming rates abroad'])
    expect(await world.questions('roaming abroaf')).toEqual([])
    expect(await world.questions('roaming rates abroad')).toEqual([])
    expect(await world.questions('roam', { language: 'fr' })).toEqual([])
  })

  it('are not made by one visitor, nor by searches of which no visit is known', async () => {
    const world = await suggestingOn(await database())
    const day = (n: number) => `2026-01-0${n}T08:00:00.000Z`
    for (const n of [1, 2, 3, 4, 5, 6]) await world.ask('roaming rates', 1, { at: day(n), count: 50 })
    await world.ask('roaming start', 9, { visit: undefined, count: 100 })
    expect(await world.questions('roam')).toEqual([])
  })

  it('found something that the reader may see, in words of documents that they may see, without personal data', async () => {
    const world = await suggestingOn(await database())
    await world.ask('roaming rates', 5, { found: 0, shown: [] })
    await world.ask('roaming start', 5, { shown: ['art-internal'] })
    await world.ask('roaming … costs', 5)
    await world.ask('roaming zzbodyinternalzz', 5)
    await world.ask('roaming CL1234', 5)
    await world.ask('roaming jean@example.org', 5)
    expect(await world.questions('roam')).toEqual([])
    expect((await world.questions('roam', { audience: 'internal', limit: 16 })).sort()).toEqual([
      'roaming start',
      'roaming zzbodyinternalzz',
    ])
  })

  it('are for readers of the audience that asked them', async () => {
    const world = await suggestingOn(await database())
    for (const audience of AUDIENCES) await world.ask(`zz${audience}zz roaming`, 5, { audience })
    const askers: Record<string, readonly string[]> = {}
    for (const audience of AUDIENCES) {
      const found = await Promise.all(
        AUDIENCES.map((each) => world.questions(`zz${each}`, { audience, limit: 16 })),
      )
      askers[audience] = found.flat()
    }
    const expected = (reader: Audience) =>
      AUDIENCES.filter((each) => visibleTo(reader).includes(each)).map((each) => `zz${each}zz roaming`)
    for (const audience of AUDIENCES)
      expect([audience, askers[audience]]).toEqual([audience, expected(audience)])
    // Of narrower readers' visits none makes up the five.
    await world.ask('rates of roaming', 4, { audience: 'public' })
    await world.ask('Rates of roaming', 3, { audience: 'customer' })
    expect(await world.questions('rates of')).toEqual([])
    expect(await world.questions('rates of', { audience: 'customer' })).toEqual(['rates of roaming'])
  })

  it('grow old: what is asked now comes first, what was asked long ago goes', async () => {
    const world = await suggestingOn(await database())
    const at = (ago: number) => new Date(Date.parse('2026-01-10T08:00:00.000Z') - ago * DAY_MS).toISOString()
    await world.ask('roaming rates', 12, { at: at(60) })
    await world.ask('roaming costs', 6, { at: at(2) })
    await world.ask('roaming start', 30, { at: at(120) })
    expect(await world.questions('roam')).toEqual(['roaming costs', 'roaming rates'])
  })
})
