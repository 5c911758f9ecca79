import { findReviews } from '../../../src/articles/reviews/find-reviews.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, type ThreadFixture, trained } from '../world.ts'

const DAY_MS = 86_400_000
const WORDS = ['router', 'printer', 'camera', 'modem', 'invoice', 'roaming', 'mailbox', 'password']

/** Public articles of the category `devices`, which Olga owns, one of no category, and people. */
export async function openReviews(address: TestDatabase) {
  const world = await openWorld(address)
  const names = WORDS.map((word) => `${word}-thread`)
  const fixture = (word: string, labels?: ThreadFixture['labels']): ThreadFixture => ({
    title: `The ${word} stops at night`,
    question: `Every night my ${word} stops working, what can I do about that?`,
    answers: [{ body: `Restart the ${word} and wait for five minutes.`, accepted: true }],
    labels,
  })
  const thread = await world.importThreads('forum', 'public', {
    ...Object.fromEntries(WORDS.map((word) => [`${word}-thread`, fixture(word, { category: 'devices' })])),
    loose: fixture('kettle'),
  })
  const account = await world.accounts.insert({ name: 'Olga', roles: ['agent'], audience: 'internal' })
  const owner = { ...trained('olga', 'candidate'), id: account!.id }
  const call = await world.app([
    manager,
    owner,
    actor('agent', 'internal', 'agent'),
    actor('partner', 'partner', 'knowledge-manager'),
    actor('router', 'internal', 'router'),
  ])
  await call('manager', 'PUT', '/articles/categories/devices', {
    governance: 'experience',
    ownerId: account!.id,
  })
  const articles: string[] = []
  for (const name of [...names, 'loose']) {
    const { id } = (await call('manager', 'POST', `/threads/${thread(name)}/promote`)).body
    await call('manager', 'POST', `/articles/${id}/publish`, { audience: 'public' })
    articles.push(id)
  }
  await world.db
    .sql('article_settings')
    .where({ name: 'reads-since' })
    .update({ value: '2026-01-01T00:00:00.000Z' })
  const loose = articles.pop()!
  return {
    world,
    call,
    owner,
    /** Those of the category. */
    articles,
    loose,
    use: (id: string, reference: string) =>
      call('agent', 'POST', `/articles/${id}/uses`, { kind: 'case', reference }),
    /** Lets days pass, and finds what is due. */
    async find(days = 0) {
      world.clock.advance(days * DAY_MS)
      await findReviews(world.reviews)
    },
    // biome-ignore lint/suspicious/noExplicitAny: each test reads what it knows of
    async list(who: string, query = ''): Promise<any[]> {
      return (await call(who, 'GET', `/articles/reviews?limit=100&${query}`)).body.items
    },
    decide: async (who: string, body: object) =>
      (await call(who, 'POST', '/articles/reviews/decisions', body)).body.items,
    undo: async (who: string, decisionIds: readonly string[]) =>
      (await call(who, 'POST', '/articles/reviews/decisions/undo', { decisionIds })).body.items,
  }
}
