import { afterAll, beforeAll, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { AUDIENCES, type Audience, visibleTo } from '../../src/access/audience.ts'
import { type Centre, openCentre } from '../help-centre/centre.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { invitePerson, type TestBrowser } from './setting.ts'

/** From what everybody may see to what only staff may: each round adds what the readers of the rounds before may not see. */
const ROUNDS: readonly Audience[] = [...AUDIENCES].reverse()
const STAFF = ['agent', 'knowledge-manager', 'supervisor'] as const
/** What is asked where an address has such a parameter, beside each value of those that have few. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  q: ['roaming', '"roaming guide" -question lang:en', 'roaming source:forum-internal'],
  text: ['roaming'],
  search: ['roaming'],
  label: ['category:travel'],
}

/** A word that stands in all that is for an audience, and nowhere else. */
const markOf = (audience: Audience) => `zz${audience}zz`

interface Reader {
  readonly who: string
  readonly audience: Audience
  readonly browser: TestBrowser
}

interface GetRoute {
  readonly path: string
  /** What is asked of it, beside nothing: `name=value`. */
  readonly questions: readonly string[]
}

interface Parameter {
  readonly in: string
  readonly name: string
  readonly schema: { readonly enum?: readonly string[] }
}

/** What differs each time that it is asked. */
const OF_THE_MOMENT = /req_\w+|"freshness":[\d.]+/g
/** Statistics of the running process, and what is about the reader alone. */
const OF_THE_PROCESS = /^\/(?:metrics|health)|^\/api\/(?:events|me|system|jobs|audit|openapi)\b|\/events$/

describeEachDatabase.rarely('what somebody may not see', (database) => {
  let centre: Centre
  let routes: readonly GetRoute[]
  const readers: Reader[] = []
  /** By reader: what each address answered when there was nothing that they may not see. */
  const before = new Map<Reader, ReadonlyMap<string, string>>()
  const hidden = new Map<Audience, readonly string[]>()

  const ask = async ({ browser }: Reader, path: string): Promise<string> => {
    const { status, body } = await browser.call(path)
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return `${status} ${text}`.replaceAll(OF_THE_MOMENT, '…')
  }

  async function addFor(audience: Audience): Promise<string[]> {
    const mark = markOf(audience)
    const articles = await centre.publish([
      {
        title: `Roaming guide ${mark}`,
        body: `<p>Roaming for ${mark}.</p><p>Switch roaming on.</p>`,
        section: 'Travel',
        audience,
        translation: { title: `Guide ${mark}`, body: `<p>Itinérance ${mark}.</p>` },
      },
    ])
    const asked = {
      title: `Roaming question ${mark}`,
      question: `Roaming ${mark} does not work abroad, neither by day nor by night. Why?`,
      answers: [{ body: `Switch roaming on in the settings of ${mark}.`, accepted: true }],
      labels: { category: 'travel' },
    }
    const id = await centre.importThreads(`forum-${audience}`, audience, {
      one: asked,
      again: { ...asked, answers: [] },
      other: { ...asked, title: `Roaming prices ${mark}`, question: `What does roaming cost, ${mark}?` },
    })
    const made = await centre.promote(id('one'), audience)
    const { article: draft } = await centre.app.articles.promoteThread({
      threadId: id('other'),
      actor: system,
    })
    await centre.app.articles.giveFeedback({ id: made, solved: false, comment: `Not ${mark}`, actor: system })
    await centre.runJobs()
    return [id('one'), id('again'), id('other'), made, draft.id, articles.get(`Roaming guide ${mark}`)!]
  }

  /** Every address that answers the reader something: of lists, and of what lists name. */
  async function visit(reader: Reader): Promise<Map<string, string>> {
    const answers = new Map<string, string>()
    const visitAll = async (ids: ReadonlyMap<string, readonly string[]>) => {
      for (const address of routes.flatMap((route) => addressesOf(route, ids)))
        if (!answers.has(address)) answers.set(address, await ask(reader, address))
    }
    await visitAll(new Map())
    await visitAll(idsIn([...answers.values()].join('\n')))
    return answers
  }

  beforeAll(async () => {
    centre = await openCentre(await database())
    const { body: document } = await centre.browser().call('/api/openapi.json')
    routes = Object.entries<{ get?: { parameters?: readonly Parameter[] } }>(document.paths)
      .filter(([path, { get }]) => get !== undefined && !OF_THE_PROCESS.test(path))
      .map(([path, { get }]) => ({ path, questions: questionsOf(get?.parameters ?? []) }))
    readers.push({ who: 'a stranger', audience: 'public', browser: centre.browser() })
    for (const audience of AUDIENCES)
      for (const roles of [['router'], STAFF]) {
        const { browser } = await invitePerson(centre, roles, audience)
        readers.push({ who: `${roles.at(-1)} of ${audience}`, audience, browser })
      }
    for (const audience of ROUNDS) {
      hidden.set(audience, await addFor(audience))
      for (const reader of readers) if (reader.audience === audience) before.set(reader, await visit(reader))
    }
  }, 300_000)
  afterAll(() => centre.close())

  it('changes nothing of what they read: no item, no count, no rank', async () => {
    expect(routes.length).toBeGreaterThan(80)
    for (const [{ who, audience }, answers] of before) {
      const told = [...answers.values()].filter((answer) => answer.includes(markOf(audience)))
      expect([who, told.length]).toEqual([who, expect.toSatisfy((times: number) => times > 5)])
    }
    const changed: string[] = []
    for (const [reader, answers] of before)
      for (const [address, answer] of answers) {
        const now = await ask(reader, address)
        if (now !== answer) changed.push(`${reader.who}: ${address}${apart(answer, now)}`)
      }
    expect(changed).toEqual([])
  }, 300_000)

  it('stands in no answer, and what is asked for by its id is like what does not exist', async () => {
    const faults: string[] = []
    for (const reader of readers) {
      const unseen = AUDIENCES.filter((audience) => !visibleTo(reader.audience).includes(audience))
      const reads = async (address: string) => {
        const answer = await ask(reader, address)
        if (unseen.some((audience) => answer.includes(markOf(audience))))
          faults.push(`${reader.who}: ${address}`)
        return answer
      }
      for (const address of before.get(reader)?.keys() ?? []) await reads(address)
      for (const id of unseen.flatMap((audience) => hidden.get(audience) ?? [])) {
        const none = `${id.slice(0, 4)}${'0'.repeat(id.length - 4)}`
        for (const route of routes)
          for (const address of addressesOf(route, new Map([[id.slice(0, 3), [id]]]))) {
            if (!address.includes(id)) continue
            const answer = await reads(address)
            const absent = await ask(reader, address.replaceAll(id, none))
            if (answer.replaceAll(id, none) !== absent)
              faults.push(`${reader.who}: ${address}${apart(answer, absent)}`)
          }
      }
    }
    expect(faults).toEqual([])
  }, 300_000)
})

/** The kind of id that a part of an address takes, by what stands before it. */
const KINDS: Readonly<Record<string, string>> = {
  threads: 'thr',
  articles: 'art',
  candidates: 'cnd',
  imports: 'imp',
}

function addressesOf({ path, questions }: GetRoute, ids: ReadonlyMap<string, readonly string[]>): string[] {
  const [, before = '', parameter, after = ''] = /^(.*?)\{(\w+)\}(.*)$/.exec(path) ?? [undefined, path]
  if (after.includes('{')) return [] // Versions of models: no content of threads.
  const kind = KINDS[before.split('/').at(-2) ?? '']
  const filled =
    parameter === undefined
      ? [path]
      : parameter === 'facet'
        ? [`${before}category${after}`]
        : (ids.get(kind ?? '') ?? []).map((id) => `${before}${id}${after}`)
  return filled.flatMap((address) => [address, ...questions.map((question) => `${address}?${question}`)])
}

function questionsOf(parameters: readonly Parameter[]): string[] {
  // What readers search for here is no part of what others then read of searches.
  const has = (wanted: string) => parameters.some(({ name }) => name === wanted)
  const quietly = `${has('record') ? '&record=false' : ''}${has('facets') ? '&facets=true' : ''}`
  return parameters
    .filter(({ in: place }) => place === 'query')
    .flatMap(({ name, schema }) =>
      (ASKED[name] ?? schema.enum ?? []).map((value) => `${name}=${encodeURIComponent(value)}${quietly}`),
    )
}

function idsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>()
  for (const id of new Set(text.match(/\b[a-z]{3}_[0-9a-z]{10,}\b/g)))
    ids.set(id.slice(0, 3), [...(ids.get(id.slice(0, 3)) ?? []), id])
  return ids
}

/** Where two answers part. */
function apart(one: string, other: string): string {
  let at = 0
  while (one[at] === other[at]) at += 1
  const from = Math.max(0, at - 80)
  return `\n  ${one.slice(from, at + 120)}\n  ${other.slice(from, at + 120)}`
}
