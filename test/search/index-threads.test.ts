import { expect, it } from 'vitest'
import type { Audience } from '../../src/access/audience.ts'
import { correctLabel, revokeAnnotation } from '../../src/labels/annotate-thread.ts'

import type { DomainEvent } from '../../src/platform/jobs/events.ts'
import { indexThreads } from '../../src/search/index-threads.ts'
import { manager, openWorld } from '../articles/world.ts'
import { describeEachDatabase } from '../support/databases.ts'

describeEachDatabase.always('threads in search', (database) => {
  it('are found by title, question, tags and answers as soon as their import was followed up', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', {
      t: {
        title: 'Parabola',
        question: 'The <b>hyperbola</b> flickers. [Here](https://example.org/x) is `ellipse()`.',
        answers: [{ body: 'Turn the **asymptote**.' }, { body: 'Use the *vertex*.', accepted: true }],
        tags: ['conics'],
      },
    })
    for (const q of ['parabola', 'hyperbolas', 'ellipse', 'asymptote', 'vertex', 'conics']) {
      const { items } = await world.search.query({ q, audience: 'public' })
      expect([q, items.map(({ id }) => id)]).toEqual([q, [thread('t')]])
    }
    const row = await world.db.sql('search_documents').first()
    expect(row.body).toBe('Use the vertex.\n\nTurn the asymptote.')
    expect(row).toMatchObject({ kind: 'thread', source: 'forum', audience: 'public' })
  })

  it('follow their thread when it changes, and keep still when it does not', async () => {
    const world = await openWorld(await database())
    const fixture = (body: string) => ({ t: { question: 'Why?', answers: [{ body, accepted: true }] } })
    await world.importThreads('forum', 'public', fixture('Because of the moon.'))
    const total = async (q: string) => (await world.search.query({ q, audience: 'public' })).total
    expect(await total('moon')).toBe(1)
    const before = await world.db.sql('search_documents').first()
    await world.importThreads('forum', 'public', fixture('Because of the moon.'))
    expect(await world.db.sql('search_documents').first()).toEqual(before)
    await world.importThreads('forum', 'public', fixture('Because of the sun.'))
    expect([await total('moon'), await total('sun')]).toEqual([0, 1])
  })

  it('are filed under the category that their source states, that people correct, and that is left after', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', {
      t: { question: 'Where is the lantern?', labels: { category: 'wifi' } },
      u: { question: 'Who has a lantern?' },
    })
    const category = async (name: string) => {
      const { items } = await world.search.query({ q: 'lantern', audience: 'public' })
      return items.find(({ id }) => id === thread(name))?.category
    }
    expect([await category('t'), await category('u')]).toEqual(['wifi', undefined])
    const correction = { facet: 'category', label: 'wifi', actor: manager }
    const { id } = await correctLabel(world, { threadId: thread('u'), ...correction })
    await world.runJobs()
    expect(await category('u')).toBe('wifi')
    const filtered = await world.search.query({ q: 'lantern', audience: 'public', category: 'wifi' })
    expect(filtered.total).toBe(2)
    await revokeAnnotation(world, { id, actor: manager })
    await world.runJobs()
    expect(await category('u')).toBeUndefined()
  })

  it('leave search when they are gone', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', { t: { question: 'Where is the lantern?' } })
    expect((await world.search.query({ q: 'lantern', audience: 'public' })).total).toBe(1)
    await world.db.sql('posts').delete()
    await indexThreads(world, [thread('t'), 'thr_never_there'])
    expect((await world.search.query({ q: 'lantern', audience: 'public' })).total).toBe(0)
  })

  it('move to another circle with their source', async () => {
    const world = await openWorld(await database())
    const fixture = { t: { question: 'Where is the lantern?' } }
    const importFor = async (audience: Audience) => {
      await world.importThreads('forum', audience, fixture)
      const { id: sourceId } = await world.sources.require('forum')
      await world.outbox.append({ type: 'source.changed', sourceId } as DomainEvent)
      await world.runJobs()
    }
    await importFor('internal')
    const total = async () => (await world.search.query({ q: 'lantern', audience: 'public' })).total
    expect(await total()).toBe(0)
    await importFor('public')
    expect(await total()).toBe(1)
    await importFor('partner')
    expect(await total()).toBe(0)
  })

  it('are kept to a sensible length', async () => {
    const world = await openWorld(await database())
    const long = (word: string) => `${word} `.repeat(20_000)
    await world.importThreads('forum', 'public', {
      t: { question: long('question'), answers: [{ body: long('answer') }] },
    })
    const row = await world.db.sql('search_documents').first()
    expect([row.issue.length, row.body.length]).toEqual([10_000, 20_000])
  })

  it('let others have their turn while many are indexed', async () => {
    const world = await openWorld(await database())
    const names = Array.from({ length: 100 }, (_, i) => `t${i}`)
    const thread = await world.importThreads(
      'forum',
      'public',
      Object.fromEntries(names.map((name) => [name, { question: 'Why?' }])),
    )
    let turns = 0
    let next = setImmediate(count)
    function count() {
      turns++
      next = setImmediate(count)
    }
    await indexThreads(world, names.map(thread))
    clearImmediate(next)
    expect(turns).toBeGreaterThanOrEqual(4)
  })
})
