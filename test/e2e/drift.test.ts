import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'

const demo = fileURLToPath(new URL('../../fixtures/demo/', import.meta.url))

/** Made-up customers' words about a television stick that came out last week and fails. */
const STICK = {
  en: [
    [
      'Lumora stick shows a purple screen',
      'My new Lumora stick shows a purple screen after the logo, nothing else.',
    ],
    [
      'Purple screen on the Lumora stick',
      'Plugged the Lumora stick in yesterday: purple screen, the remote does nothing.',
    ],
    [
      'Lumora stick frozen on purple',
      'Since last night the Lumora stick is frozen, the whole screen is purple.',
    ],
    [
      'New Lumora stick, only purple',
      'I restarted the Lumora stick five times and I still get the purple screen.',
    ],
    ['Is the Lumora stick down?', 'Purple screen on both my Lumora sticks, and friends have the same.'],
    ['Lumora stick will not start', 'The Lumora stick stays on a purple screen with a spinning star.'],
  ],
  fr: [
    [
      'Clé Lumora : écran violet',
      'Ma nouvelle clé Lumora affiche un écran violet après le logo, rien de plus.',
    ],
    [
      'Écran violet avec la clé Lumora',
      'Clé Lumora branchée hier : écran violet, la télécommande ne répond pas.',
    ],
    ['Clé Lumora figée sur le violet', "Depuis hier soir la clé Lumora est figée, tout l'écran est violet."],
    [
      'Nouvelle clé Lumora, que du violet',
      "J'ai redémarré la clé Lumora cinq fois, toujours cet écran violet.",
    ],
    ['La clé Lumora est en panne ?', 'Écran violet sur mes deux clés Lumora, et chez des amis aussi.'],
    ['La clé Lumora ne démarre plus', 'La clé Lumora reste sur un écran violet avec une étoile qui tourne.'],
  ],
} as const

/** What customers of the demo ask on other days. */
const USUAL = [
  [
    'en',
    'Invoice higher than usual',
    'My invoice of this month is higher than usual, where do I see what was charged?',
  ],
  ['fr', 'Facture plus élevée', 'Ma facture du mois est plus élevée que d’habitude, où voir le détail ?'],
  ['en', 'Wi-Fi slow upstairs', 'The Wi-Fi is slow upstairs, would a repeater help?'],
  ['fr', 'Wi-Fi lent à l’étage', 'Le Wi-Fi est lent à l’étage, un répéteur aiderait-il ?'],
  ['en', 'Fibre box light is red', 'The light of my box has been red since the storm, what should I check?'],
  ['fr', 'Voyant rouge sur la box', 'Le voyant de ma box est rouge depuis l’orage, que vérifier ?'],
] as const

/** The posts as an export of a community would tell them: each by another member, over the last days. */
function exported(now: number): string {
  const lines: object[] = []
  const add = (id: string, language: string, title: string, body: string, hoursAgo: number) => {
    const createdAt = new Date(now - hoursAgo * 3_600_000).toISOString()
    lines.push(
      { type: 'member', id: `m-${id}`, name: `Member ${id}` },
      { type: 'thread', id, title, language, createdAt },
      { type: 'post', id: `p-${id}`, threadId: id, kind: 'question', authorId: `m-${id}`, body, createdAt },
    )
  }
  for (const language of ['en', 'fr'] as const)
    for (const round of [1, 2])
      STICK[language].forEach(([title, body], i) => {
        const more = round === 1 ? '' : language === 'en' ? ' Anyone else?' : ' Suis-je seul ?'
        add(`stick-${language}-${round}-${i}`, language, title, body + more, 2 * i + 20 * round)
      })
  for (let round = 0; round < 4; round++)
    USUAL.forEach(([language, title, body], i) => {
      add(`usual-${round}-${i}`, language, title, `${body} (${round})`, 12 * round + i + 1)
    })
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
}

describeEachDatabase('drift and rising topics of the demo community', (database) => {
  let address: TestDatabase
  let service: Service
  let key: string

  beforeAll(async () => {
    address = await database()
    for (const [format, file, source] of [
      ['ndjson', 'community-fr.ndjson', 'fr'],
      ['ndjson', 'community-en.ndjson', 'en'],
      ['csv', 'questions-fr.csv', 'questions-fr'],
      ['csv', 'questions-en.csv', 'questions-en'],
    ] as const)
      await runJson(address, ['import', format, `${demo}${file}`, '--source', source, '--audience', 'public'])
    await runJson(address, ['train', 'category'])
    key = (
      await runJson<{ token: string }>(address, ['keys', 'create', '--name', 'k', '--role', 'supervisor'])
    ).token
    mkdirSync(join(address.home, 'in'), { recursive: true })
    const file = join(address.home, 'in', 'burst.ndjson')
    writeFileSync(file, exported(Date.now()))
    await runJson(address, ['import', 'ndjson', file, '--source', 'desk', '--audience', 'public'])
    service = await startService(address)
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
  })

  const get = async <T>(path: string) => (await service.call<T>(path, { key })).body

  it('reports the new words with the posts that have them', async () => {
    expect((await service.call('/api/insight/drift/measure', { key, body: {} })).status).toBe(202)
    const { items } = await eventually(
      () => get<{ items: Report[] }>('/api/insight/drift?facet=category'),
      (page) => page.items.length > 0,
    )
    expect(items).toHaveLength(1)
    const [all] = items[0]!.scopes
    expect(all).toMatchObject({ scope: 'all', status: 'measured', posts: 48 })
    const lumora = all?.figures?.vocabulary.risen.find(({ word }) => word === 'lumora')
    expect(lumora).toMatchObject({ now: 24, before: 0 })
    expect(lumora?.examples[0]?.title).toMatch(/Lumora/)
    expect(items[0]?.alarms.map(({ kind }) => kind)).toContain('vocabulary')
    expect(items[0]?.alarms.map(({ statement }) => statement).join(' ')).toContain('“lumora” (24, 0 before)')
    const shown = await runCommand(address, ['drift', 'show', 'category'])
    expect(shown.stdout).toContain('“lumora” (24, 0 before)')
    expect(await runJson(address, ['drift', 'measure', 'category'])).toMatchObject({ day: items[0]?.day })
    expect(await runJson(address, ['drift', 'show', '--history'])).toMatchObject({
      reports: [{ id: items[0]?.id }],
    })
  })

  it('proposes the burst as a topic in both languages, which becomes a label with its posts', async () => {
    const { items: topics } = await get<{ items: Topic[] }>('/api/insight/topics')
    const posts = topics.flatMap((topic) => topic.posts)
    expect(posts.every(({ title }) => /Lumora/.test(title))).toBe(true)
    expect(new Set(posts.map(({ language }) => language))).toEqual(new Set(['fr', 'en']))
    expect(topics).toMatchObject([{ proposedName: expect.stringContaining('lumora'), status: 'open' }])
    const [first] = topics
    const accepted = await service.call<Topic>(`/api/insight/topics/${first!.id}/accept`, {
      key,
      body: { name: 'television-stick', description: 'The Lumora stick', annotate: true },
    })
    expect(accepted).toMatchObject({
      status: 200,
      body: { status: 'accepted', label: { name: 'television-stick' } },
    })
    const threadId = accepted.body.posts[0]!.threadId
    const { items } = await eventually(
      () => get<{ items: { label: string }[] }>(`/api/threads/${threadId}/annotations`),
      (history) => history.items.length > 0,
    )
    expect(items).toMatchObject([{ facet: 'category', label: 'television-stick', provenance: 'agent' }])
    expect(await runJson(address, ['drift', 'topics'])).toEqual({ topics: [] })
    expect((await runCommand(address, ['drift', 'topics', 'list', '--status', 'accepted'])).stdout).toContain(
      first!.id,
    )
    const dismissed = await runCommand(address, ['drift', 'topics', 'dismiss', first!.id, '--json'])
    expect(dismissed.code).toBe(1)
    expect(JSON.parse(dismissed.stdout)).toMatchObject({ error: { code: 'TOPIC_CLOSED' } })
    expect((await runCommand(address, ['drift', 'topics', 'accept', first!.id])).code).toBe(2)
  })
})

interface Post {
  readonly threadId: string
  readonly title: string
  readonly language: string
}

interface Report {
  readonly id: string
  readonly day: string
  readonly alarms: readonly { readonly kind: string; readonly statement: string }[]
  readonly scopes: readonly {
    readonly figures?: {
      readonly vocabulary: {
        readonly risen: readonly { readonly word: string; readonly examples: readonly Post[] }[]
      }
    }
  }[]
}

interface Topic {
  readonly id: string
  readonly proposedName: string
  readonly posts: readonly Post[]
}
