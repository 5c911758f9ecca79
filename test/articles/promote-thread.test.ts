import { expect, it } from 'vitest'
import { presentArticle } from '../../src/articles/present-article.ts'
import { promoteThread } from '../../src/articles/promotion/promote-thread.ts'
import { stableId } from '../../src/platform/ids.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { inSecondProcess } from '../support/second-process.ts'
import { actor, manager, openWorld } from './world.ts'

const post = (source: string, name: string) => stableId('pst', source, name)

describeEachDatabase('promoting a thread', (database) => {
  it('extracts a draft from the question and every accepted answer, and credits who wrote them', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', {
      t: {
        title: 'Box restarts',
        question: 'Hi all,\n\nmy Box 4 restarts **at night**. Thanks in advance!',
        answers: [
          { body: 'Buy another.', score: 99 },
          { body: 'Hello Ana, change the cable. Hope this helps!', accepted: true },
          { body: 'Then update it.', accepted: true, score: 3 },
        ],
        tags: ['box-4', 'fibre'],
      },
    })
    const { article, created } = await promoteThread(world, { threadId: thread('t'), actor: manager })
    expect(created).toBe(true)
    expect(article).toMatchObject({
      threadId: thread('t'),
      revision: 1,
      confidence: 'not_validated',
      audience: 'internal',
      title: 'Box restarts',
      issue: 'My Box 4 restarts **at night**.',
      environment: '- Box 4',
      cause: '',
      resolution: 'Change the cable.\n\n---\n\nThen update it.',
    })
    const { citations, authors } = await presentArticle(world, article, manager)
    expect(citations).toMatchObject([
      { section: 'issue', postId: post('forum', 't-q'), author: 'Ana' },
      { section: 'environment', postId: post('forum', 't-q'), author: 'Ana' },
      { section: 'resolution', postId: post('forum', 't-a1'), author: 'Helper 1' },
      { section: 'resolution', postId: post('forum', 't-a2'), author: 'Helper 2' },
    ])
    expect(authors.map(({ name }) => name)).toEqual(['Ana', 'Helper 1', 'Helper 2'])
    const [entry] = (await world.audit.list({ target: article.id, limit: 5 })).items
    expect(entry).toMatchObject({ action: 'article.promoted', actor: { id: manager.id } })
  })

  it('takes the best-voted answer of an unresolved thread, as work in progress', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', {
      voted: {
        question: 'Why?',
        answers: [{ body: 'No.', score: -1 }, { body: 'Yes.', score: 4 }, { body: 'Hm.' }],
      },
      silent: { question: 'Does it melt?' },
    })
    const voted = await promoteThread(world, { threadId: thread('voted'), actor: manager })
    expect(voted.article).toMatchObject({ confidence: 'wip', resolution: 'Yes.' })
    const silent = await promoteThread(world, { threadId: thread('silent'), actor: manager })
    expect(silent.article).toMatchObject({ confidence: 'wip', resolution: '', issue: 'Does it melt?' })
  })

  it('says nothing of what the company knows about the asker', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', { t: { question: 'Why?' } })
    await world.db.sql('threads').update({ facts: JSON.stringify({ segment: 'gold', revenue: 1234 }) })
    const { article } = await promoteThread(world, { threadId: thread('t'), actor: manager })
    expect(JSON.stringify(article)).not.toMatch(/gold|1234/)
  })

  it('answers with the same article ever after', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', { t: { question: 'Why?' } })
    const first = await promoteThread(world, { threadId: thread('t'), actor: manager })
    const again = await promoteThread(world, { threadId: thread('t'), actor: manager })
    expect(again).toEqual({ article: first.article, created: false })
    expect(await world.db.sql('article_revisions')).toHaveLength(1)
    expect((await world.audit.list({ target: first.article.id, limit: 5 })).items).toHaveLength(1)
  })

  it('makes one article when several processes promote at the same moment', async () => {
    const address = await database()
    const world = await openWorld(address)
    const thread = await world.importThreads('forum', 'public', {
      t: { question: 'Why?', answers: [{ body: 'So.', accepted: true }] },
    })
    const promoting = `
      const a = await load('articles/article-store.js', 'articles/citation-store.js', 'articles/passages/passage-store.js',
        'articles/revision-store.js', 'articles/promotion/promote-thread.js')
      const p = await load('platform/clock.js', 'platform/jobs/job-store.js', 'platform/jobs/events.js')
      const clock = p.systemClock, jobs = p.createJobStore(db, clock, () => {})
      const { createThreadStore } = await load('threads/thread-store.js')
      const { createThreadLabelStore } = await load('labels/thread-label-store.js')
      const { createProtectionStore } = await load('threads/protections/protection-store.js')
      const { createAuditLog, commandLine } = await load('access/audit-log.js', 'access/actor.js')
      const { createSearch } = await load('search/search.js')
      const deps = { db, clock, jobs, outbox: p.createOutbox(db, clock, () => {}), articles: a.createArticleStore(db, clock),
        citations: a.createCitationStore(db), passages: a.createPassageStore(db, clock), revisions: a.createRevisionStore(db),
        threads: createThreadStore(db), threadLabels: createThreadLabelStore(db),
        audit: createAuditLog(db, clock),
        protections: createProtectionStore(db, clock), protectThreads: async () => {},
        search: createSearch(db, { home: address.home, log: { info() {}, warn() {} } }) }
      const { article, created } = await a.promoteThread(deps,
        { threadId: '${thread('t')}', actor: commandLine })
      return { id: article.id, created }`
    const promotions = await Promise.all(
      [1, 2, 3].map(() => inSecondProcess<{ id: string; created: boolean }>(address, promoting)),
    )
    expect(new Set(promotions.map(({ id }) => id)).size).toBe(1)
    expect(promotions.filter(({ created }) => created)).toHaveLength(1)
    expect(await world.db.sql('passage_citations')).toHaveLength(2)
  })

  it('makes one article of two promotions at once in one process', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', { t: { question: 'Why?' } })
    const both = await Promise.all(
      [1, 2].map(() => promoteThread(world, { threadId: thread('t'), actor: manager })),
    )
    expect(both.map(({ created }) => created).sort()).toEqual([false, true])
    expect(both[0]?.article.id).toBe(both[1]?.article.id)
  })

  it('does not know a thread that the promoter may not see', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('desk', 'internal', { t: { question: 'Why?' } })
    const partner = actor('partner', 'partner', 'knowledge-manager')
    const promotion = promoteThread(world, { threadId: thread('t'), actor: partner })
    await expect(promotion).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
  })

  it('drafts for the circle of whoever promotes, and hides it from those further out', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', {
      t: { question: 'Why?' },
      u: { question: 'How?' },
    })
    const partner = actor('partner', 'partner', 'knowledge-manager')
    const own = await promoteThread(world, { threadId: thread('t'), actor: partner })
    expect(own.article.audience).toBe('partner')
    await promoteThread(world, { threadId: thread('u'), actor: manager })
    const promotion = promoteThread(world, { threadId: thread('u'), actor: partner })
    await expect(promotion).rejects.toMatchObject({ code: 'ARTICLE_FORBIDDEN' })
  })
})
