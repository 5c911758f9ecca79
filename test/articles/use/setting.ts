import type { TestDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, trained } from '../world.ts'

/** Headers of somebody who is signed in. */
export const signedIn = (name: string) => ({
  cookie: `entraide_session=${name}`,
  'sec-fetch-site': 'same-origin',
})

/** A public article of the category `billing`, which Olga owns, an internal one without a category, and people. */
export async function openUse(address: TestDatabase) {
  const world = await openWorld(address)
  const thread = await world.importThreads('forum', 'public', {
    billed: {
      question: 'Why is the bill higher?',
      answers: [{ body: 'Look at the second page.', accepted: true }],
      labels: { category: 'billing' },
    },
    asked: { question: 'Why is my bill so high?' },
  })
  const desk = await world.importThreads('desk', 'internal', {
    secret: { question: 'Which code opens it?', answers: [{ body: 'None does.', accepted: true }] },
  })
  const account = await world.accounts.insert({ name: 'Olga', roles: ['agent'], audience: 'internal' })
  const owner = { ...trained('olga', 'publisher'), id: account!.id }
  const call = await world.app([
    manager,
    owner,
    actor('agent', 'internal', 'agent'),
    actor('partner', 'partner', 'agent'),
    actor('router', 'internal', 'router'),
    actor('customer', 'customer'),
  ])
  await call('manager', 'PUT', '/articles/categories/billing', {
    governance: 'experience',
    ownerId: account!.id,
  })
  const promote = async (threadId: string) =>
    (await call('manager', 'POST', `/threads/${threadId}/promote`)).body.id as string
  const shown = await promote(thread('billed'))
  await call('manager', 'POST', `/articles/${shown}/publish`, { audience: 'public' })
  const hidden = await promote(desk('secret'))
  return { world, call, owner, shown, hidden, asked: thread('asked'), secret: desk('secret') }
}
