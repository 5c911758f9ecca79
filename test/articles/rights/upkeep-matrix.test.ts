import { beforeAll, expect, it } from 'vitest'
import { AUDIENCES, type Audience } from '../../../src/access/audience.ts'
import { findReviews } from '../../../src/articles/reviews/find-reviews.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, type World } from '../world.ts'

const DAY_MS = 86_400_000
const managers = AUDIENCES.map((audience) => actor(`${audience}-manager`, audience, 'knowledge-manager'))
const readers = AUDIENCES.map((audience) => actor(`${audience}-reader`, audience))

const sees = (reader: Audience, audience: Audience) =>
  AUDIENCES.indexOf(audience) >= AUDIENCES.indexOf(reader)

describeEachDatabase.always('merges, addresses and reviews of articles of four audiences', (database) => {
  let world: World
  let call: Awaited<ReturnType<World['app']>>
  /** A published article an audience, each from a thread of a source of that audience, and what was merged into it. */
  const articles = new Map<
    Audience,
    { readonly id: string; readonly slug: string; readonly oldSlug: string }
  >()

  beforeAll(async () => {
    world = await openWorld(await database())
    call = await world.app([manager, ...managers, ...readers])
    for (const audience of AUDIENCES) {
      const fixture = (word: string) => ({
        title: `Where is the ${word} for ${audience} people`,
        question: `I looked for the ${word} everywhere, where can it be?`,
        answers: [{ body: `The ${word} is in the second drawer below.`, accepted: true }],
      })
      const thread = await world.importThreads(`${audience}-forum`, audience, {
        one: fixture('lantern'),
        two: fixture('lamp'),
      })
      const publish = async (name: string) => {
        const { id } = (await call('manager', 'POST', `/threads/${thread(name)}/promote`)).body
        return (await call('manager', 'POST', `/articles/${id}/publish`, { audience })).body
      }
      const [one, two] = [await publish('one'), await publish('two')]
      const { etag } = await call('manager', 'GET', `/articles/${two.id}/merge-preview?into=${one.id}`)
      const body = { into: one.id, reason: 'The same.' }
      expect(
        (await call('manager', 'POST', `/articles/${two.id}/merge`, body, { 'if-match': etag! })).status,
      ).toBe(200)
      articles.set(audience, { id: one.id, slug: one.slug, oldSlug: two.slug })
    }
    world.clock.advance(200 * DAY_MS)
    await findReviews(world.reviews)
  })

  for (const reader of AUDIENCES) {
    const shown = AUDIENCES.filter((audience) => sees(reader, audience))

    it(`lead a reader of the audience ${reader} to articles for ${shown.join(', ')} and no other`, async () => {
      for (const [audience, { id, slug, oldSlug }] of articles)
        for (const who of [
          `${reader}-reader`,
          `${reader}-manager`,
          ...(reader === 'public' ? [undefined] : []),
        ]) {
          const own = await call(who, 'GET', `/articles/by-slug/${slug}`)
          const old = await call(who, 'GET', `/articles/by-slug/${oldSlug}`)
          expect([audience, who, own.status, old.status]).toEqual([
            audience,
            who,
            ...(sees(reader, audience) ? [200, 200] : [404, 404]),
          ])
          expect(old.body.redirect?.id).toBe(sees(reader, audience) ? id : undefined)
          if (!sees(reader, audience)) expect(JSON.stringify([own.body, old.body])).not.toContain('drawer')
        }
    })

    it(`show staff of the audience ${reader} merges and reviews of articles for ${shown.join(', ')} alone`, async () => {
      const who = `${reader}-manager`
      const own = articles.get(reader)!
      for (const [audience, { id }] of articles) {
        const ways = [
          await call(who, 'GET', `/articles/${id}/merge-preview?into=${own.id}`),
          await call(who, 'GET', `/articles/${own.id}/merge-preview?into=${id}`),
        ]
        const code = sees(reader, audience)
          ? audience === reader
            ? 'ARTICLE_MERGE_ITSELF'
            : undefined
          : 'ARTICLE_NOT_FOUND'
        expect([audience, ...ways.map(({ body }) => body.code)]).toEqual([audience, code, code])
        const decided = await call(who, 'POST', '/articles/reviews/decisions', {
          decision: 'put-off',
          reason: 'Later.',
          until: '2030-01-01T00:00:00Z',
          articleIds: [id],
        })
        if (!sees(reader, audience))
          expect(decided.body.items).toMatchObject([{ code: 'ARTICLE_REVIEW_NOT_FOUND' }])
      }
      const open = await call(who, 'GET', '/articles/reviews?owner=all&limit=100')
      const off = await call(who, 'GET', '/articles/reviews?owner=all&state=put-off&limit=100')
      const listed = [...open.body.items, ...off.body.items].map(({ id }: { id: string }) => id)
      expect(listed.sort()).toEqual(shown.map((audience) => articles.get(audience)!.id).sort())
      const counts = await call(who, 'GET', '/articles/reviews/counts?owner=all')
      expect(counts.body.total).toBe(open.body.items.length)
    })

    it(`are not for a reader of the audience ${reader} who does not work on articles`, async () => {
      const who = `${reader}-reader`
      const { id } = articles.get('public')!
      for (const path of [
        `/articles/${id}/merge-preview?into=${id}`,
        '/articles/reviews',
        '/articles/reviews/counts',
      ])
        expect((await call(who, 'GET', path)).status).toBe(403)
    })
  }
})
