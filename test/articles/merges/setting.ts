import type { TestDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, trained } from '../world.ts'

/** Two public articles about the same, one of the company alone, one in French, and people. */
export async function openMerge(address: TestDatabase) {
  const world = await openWorld(address)
  const forum = await world.importThreads('forum', 'public', {
    stays: {
      title: 'Roaming does not work abroad',
      question: 'Arrived in Spain, my phone has no internet at all.',
      answers: [
        {
          body: 'Switch data roaming on in the settings of your phone.\n\nThen restart the phone and wait a minute.',
          accepted: true,
        },
      ],
      labels: { category: 'roaming' },
    },
    goes: {
      title: 'No internet in Portugal',
      question: 'Since the border my mobile shows no data connection.',
      answers: [
        {
          body: 'Switch data roaming on in the settings of your phone.\n\nOld contracts need the travel option, which costs nothing.',
          accepted: true,
        },
      ],
    },
    french: {
      title: 'Pas de réseau en Espagne',
      question: 'Bonjour, depuis mon arrivée en Espagne je n’ai plus de réseau sur mon téléphone.',
      answers: [{ body: 'Activez l’itinérance des données dans les réglages.', accepted: true }],
    },
  })
  const desk = await world.importThreads('desk', 'internal', {
    secret: {
      title: 'Roaming for staff',
      question: 'How do our own people use their phones abroad?',
      answers: [{ body: 'Staff call the internal number 4711 to unlock their cards.', accepted: true }],
    },
  })
  const call = await world.app([
    manager,
    actor('agent', 'internal', 'agent'),
    trained('contributor', 'contributor'),
    actor('partner', 'partner', 'knowledge-manager'),
    actor('customer', 'customer'),
  ])
  const promote = async (threadId: string) =>
    (await call('manager', 'POST', `/threads/${threadId}/promote`)).body.id as string
  const publish = async (id: string, audience = 'public') =>
    call('manager', 'POST', `/articles/${id}/publish`, { audience })
  const [stays, goes, french, secret] = [
    await promote(forum('stays')),
    await promote(forum('goes')),
    await promote(forum('french')),
    await promote(desk('secret')),
  ]
  for (const id of [stays, goes, french]) await publish(id)
  await publish(secret, 'internal')
  const read = async (id: string) => (await call('manager', 'GET', `/articles/${id}`)).body
  return {
    world,
    call,
    forum,
    desk,
    stays,
    goes,
    french,
    secret,
    read,
    /** Looks at what a merge would do, and merges. */
    async merge(id: string, into: string, more: object = {}, who = 'manager') {
      const preview = await call(who, 'GET', `/articles/${id}/merge-preview?into=${into}`)
      const body = { into, reason: 'The same question.', ...more }
      const merged = await call(who, 'POST', `/articles/${id}/merge`, body, {
        'if-match': preview.etag ?? '"1-1"',
      })
      return { preview, merged }
    },
    unmerge: (id: string, who = 'manager') => call(who, 'DELETE', `/articles/${id}/merge`),
    follow: (slug: string, who?: string) => call(who, 'GET', `/articles/by-slug/${slug}`),
  }
}
