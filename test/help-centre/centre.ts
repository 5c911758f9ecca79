import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine, system } from '../../src/access/actor.ts'
import type { Audience } from '../../src/access/audience.ts'
import { stableId } from '../../src/platform/ids.ts'
import { invitePerson, startAccessService, type TestBrowser } from '../access/setting.ts'
import type { DatabaseAddress } from '../support/databases.ts'
import { drainJobs } from '../support/drain-jobs.ts'
import { fakeClock } from '../support/fake-clock.ts'

/** An article of another help centre, as it was exported. */
export interface Imported {
  readonly title: string
  readonly body?: string
  readonly locale?: 'en' | 'fr' | 'de'
  readonly section?: string
  readonly audience?: Audience
  /** In French. */
  readonly translation?: { readonly title: string; readonly body: string }
}

export interface ForumThread {
  readonly title: string
  readonly question: string
  readonly answers?: readonly { readonly body: string; readonly accepted?: boolean }[]
  readonly url?: string
  readonly labels?: Readonly<Record<string, string>>
}

export type Centre = Awaited<ReturnType<typeof openCentre>>

const createdAt = '2025-06-01T10:00:00Z'

/** A help centre that serves on a test's database, and ways to fill it. */
export async function openCentre(address: DatabaseAddress, env: Readonly<Record<string, string>> = {}) {
  const clock = fakeClock('2026-01-10T08:00:00.000Z')
  const service = await startAccessService(address, { clock, env })
  const { app } = service
  let files = 0

  /** Long jobs stay: no page shows what the model of message kinds, which a new database asks for, would say. */
  const short = app.handlers.filter(({ long }) => long === undefined)

  async function runJobs(): Promise<void> {
    await drainJobs(app.platform, app.handlers, short)
    clock.advance(10_000)
    await drainJobs(app.platform, app.handlers, short)
  }

  return {
    ...service,
    clock,
    runJobs,

    /** Imports articles and publishes them. @returns their ids by title */
    async publish(articles: readonly Imported[]): Promise<Map<string, string>> {
      for (const audience of new Set(articles.map((each) => each.audience ?? 'public'))) {
        files += 1
        const some = articles.filter((each) => (each.audience ?? 'public') === audience)
        const sections = [...new Set(some.flatMap(({ section }) => section ?? []))]
        const guide = {
          articles: some.map(
            ({ title, body = '<p>Read on.</p>', locale = 'en', section, translation }, at) => ({
              id: files * 1000 + at,
              locale,
              title,
              body,
              section_id: section === undefined ? undefined : sections.indexOf(section) + 1,
              draft: false,
              created_at: createdAt,
              updated_at: createdAt,
              translations: translation === undefined ? [] : [{ locale: 'fr', draft: false, ...translation }],
            }),
          ),
          sections: sections.map((name, at) => ({ id: at + 1, name })),
        }
        const file = join(address.home, `guide-${files}.json`)
        writeFileSync(file, JSON.stringify(guide))
        await app.articles.importArticles({
          format: 'zendesk',
          paths: [file],
          source: `guide-${files}`,
          audience,
          actor: commandLine,
        })
      }
      await runJobs()
      const rows: { id: string; title: string }[] = await app.platform.db
        .sql('articles')
        .select('id', 'title')
      return new Map(rows.map(({ id, title }) => [title, id]))
    },

    /** Imports threads of a community, by name. @returns a function from a name to an id */
    async importThreads(
      source: string,
      audience: Audience,
      threads: Readonly<Record<string, ForumThread>>,
    ): Promise<(name: string) => string> {
      const file = join(address.home, `${source}.ndjson`)
      const lines = Object.entries(threads).flatMap(([id, thread]) => recordsOf(id, thread))
      writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      const request = { format: 'ndjson', paths: [file], source, audience, actor: commandLine }
      await app.ingest.importThreads(request)
      await runJobs()
      return (name) => stableId('thr', source, name)
    },

    /** Makes an article of a thread and publishes it. @returns its id */
    async promote(threadId: string, audience: Audience): Promise<string> {
      const { article } = await app.articles.promoteThread({ threadId, actor: system })
      await app.articles.publishArticle({
        id: article.id,
        audience,
        confirmWiderAudience: true,
        actor: system,
      })
      await runJobs()
      return article.id
    },

    /** A browser in which a reader of an audience is signed in; nobody for `anonymous`. */
    async reader(who: Audience | 'anonymous'): Promise<TestBrowser> {
      if (who === 'anonymous') return service.browser()
      return (await invitePerson(service, ['router'], who)).browser
    },

    /** Sends a form as a page without a script does. */
    submit: (browser: TestBrowser, path: string, fields: Readonly<Record<string, string>>) =>
      sendForm(service.url, browser, path, fields),
  }
}

async function sendForm(
  url: string,
  browser: TestBrowser,
  path: string,
  fields: Readonly<Record<string, string>>,
) {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin: url,
      cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(fields).toString(),
  })
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    if (value === '') browser.cookies.delete(name)
    else browser.cookies.set(name, value)
  }
  return { status: response.status, location: response.headers.get('location'), body: await response.text() }
}

function recordsOf(id: string, { title, question, answers = [], url, labels }: ForumThread): object[] {
  const post = (kind: string, at: number, body: string) => ({
    type: 'post',
    kind,
    id: `${id}-${at}`,
    threadId: id,
    authorId: at === 0 ? 'asker' : 'helper',
    body,
    createdAt: `2025-06-0${at + 1}T10:00:00Z`,
  })
  return [
    { type: 'member', id: 'asker', name: 'Ana' },
    { type: 'member', id: 'helper', name: 'Bo the helper' },
    { type: 'thread', id, title, createdAt, url, labels },
    post('question', 0, question),
    ...answers.map(({ body }, at) => post('answer', at + 1, body)),
    {
      type: 'acceptance',
      threadId: id,
      postIds: answers.flatMap(({ accepted }, at) => (accepted ? [`${id}-${at + 1}`] : [])),
    },
  ]
}

/** The address of the page that a link with this text leads to. */
export function linkTo(html: string, text: string): string | undefined {
  for (const [, href = '', inner = ''] of html.matchAll(/<a [^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g))
    if (inner.replace(/<[^>]*>/g, '').trim() === text) return href.replaceAll('&amp;', '&')
  return undefined
}

/** What a page tells search engines, by type. */
export function dataOf(html: string): Map<string, Record<string, unknown>> {
  const [, json = '{"@graph":[]}'] =
    /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html) ?? []
  const graph = JSON.parse(json)['@graph'] as Record<string, unknown>[]
  return new Map(graph.map((each) => [String(each['@type']), each]))
}
