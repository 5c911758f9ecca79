import type { PassageView } from '../../../src/articles/passages/show-passages.ts'
import { stableId } from '../../../src/platform/ids.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, type ThreadFixture } from '../world.ts'

export const agent = actor('agent', 'internal', 'agent')
export const partner = actor('partner', 'partner', 'knowledge-manager')

export const ROUTER: ThreadFixture = {
  title: 'The router blinks',
  question: 'My router blinks red since Monday.',
  answers: [
    {
      body: 'Hello Ana! The red light means that the line is down.\n\nUnplug the router for ten minutes. Plug it in again and wait.\n\nWrite down the number on its back.',
      accepted: true,
    },
    { body: 'Replace the cable between the wall and the router. It is worn out most of the time.' },
  ],
}

/** One article, made of threads of a public forum. */
export async function openArticle(
  address: TestDatabase,
  threads: Readonly<Record<string, ThreadFixture>> = { t: ROUTER },
) {
  const world = await openWorld(address)
  const thread = await world.importThreads('forum', 'public', threads)
  const call = await world.app([manager, agent, partner])
  const made = await call('manager', 'POST', '/articles', { threadIds: Object.keys(threads).map(thread) })
  const { id } = made.body
  await world.runJobs()
  const article = async () => (await call('manager', 'GET', `/articles/${id}`)).body
  const post = (name: string) => stableId('pst', 'forum', name)
  const passages = async (who = 'manager'): Promise<PassageView[]> =>
    (await call(who, 'GET', `/articles/${id}/passages`)).body.items

  return {
    world,
    call,
    id,
    thread,
    post,
    article,
    passages,
    /** The passage that begins with these words. */
    async passage(start: string, who = 'manager'): Promise<PassageView> {
      const found = (await passages(who)).find(({ text }) => text.startsWith(start))
      if (found === undefined) throw new Error(`no passage begins with ${start}`)
      return found
    },
    /** Section and first words of each passage with a flag. */
    async flags(who = 'manager') {
      const flagged: Record<string, string> = {}
      for (const { text, section, citations } of await passages(who))
        for (const { flag } of citations)
          if (flag !== undefined) flagged[`${section}: ${text.split(' ').slice(0, 2).join(' ')}`] = flag
      return flagged
    },
    async edit(change: object) {
      const { revision } = await article()
      return call('manager', 'PATCH', `/articles/${id}`, change, { 'if-match': `"${revision}"` })
    },
    async settle(how: 'take' | 'keep', passageId: string, body: object = {}, who = 'manager') {
      const { revision } = await article()
      const path = `/articles/${id}/passages/${passageId}/${how}`
      return call(who, 'POST', path, body, { 'if-match': `"${revision}"` })
    },
    async reimport(changed: Readonly<Record<string, ThreadFixture>>) {
      await world.importThreads('forum', 'public', { ...threads, ...changed })
    },
    async remove(name: string) {
      await world.db
        .sql('acceptances')
        .where({ post_id: post(name) })
        .delete()
      await world.db
        .sql('posts')
        .where({ id: post(name) })
        .delete()
      await world.db.transaction(() =>
        world.outbox.append({ type: 'posts.changed', postIds: [post(name)] } as never),
      )
      await world.runJobs()
    },
  }
}

/** The fixture with the answer's text changed. */
export function withAnswer(from: string, to: string, thread = ROUTER): ThreadFixture {
  const answers = thread.answers?.map((answer) => ({ ...answer, body: answer.body.replace(from, to) }))
  return { ...thread, answers }
}

/** The fixture with other answers accepted. */
export function withAccepted(accepted: readonly boolean[], thread = ROUTER): ThreadFixture {
  const answers = thread.answers?.map((answer, at) => ({ ...answer, accepted: accepted[at] ?? false }))
  return { ...thread, answers }
}
