import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { COMMUNITY } from '../../support/demo.ts'
import { SERVED } from '../../support/prepared.ts'
import { type Service, startService } from '../../support/service.ts'
import { describeInBrowser, type OpenPage, type Workbench } from './workbench.ts'

export interface ArticleAnswer {
  readonly id: string
  readonly title: string
  readonly confidence: string
  readonly audience: string
  readonly revision: number
  readonly resolution: string
  readonly cause: string
}

/** A community whose resolved threads become articles, and what its managers do in the browser and over the API. */
export interface ArticleBench {
  readonly workbench: Workbench
  readonly address: TestDatabase
  readonly service: Service
  /** A resolved thread that is no article yet. */
  nextThread(): string
  manager(path: string): Promise<OpenPage>
  /** Asks the API as the person of a browser. */
  ask(
    context: BrowserContext,
    method: string,
    path: string,
    options?: { readonly data?: object; readonly ifMatch?: string },
    // biome-ignore lint/suspicious/noExplicitAny: the answer of any route; each test reads what it knows of
  ): Promise<any>
  read(context: BrowserContext, id: string): Promise<ArticleAnswer>
  // biome-ignore lint/suspicious/noExplicitAny: as `ask`
  draftOf(context: BrowserContext, id: string): Promise<any>
  /** Opens the draft of an article, by default of a new one. */
  edit(opened?: OpenPage, article?: ArticleAnswer): Promise<OpenPage & { readonly article: ArticleAnswer }>
}

/** A suite about articles in a real browser, on each database. */
export function describeArticles(name: string, suite: (bench: ArticleBench) => void): void {
  describeInBrowser(name, (workbench) => {
    describeEachDatabase.rarely('of a community', (database) => {
      let address: TestDatabase
      let service: Service
      let threads: string[]

      beforeAll(async () => {
        address = await database([...COMMUNITY, SERVED])
        service = await startService(address)
        threads = await address.db
          .sql('threads')
          .where({ language: 'en' })
          .where('accepted_count', '>', 0)
          .orderBy('id')
          .pluck('id')
      })
      afterAll(() => service.stop())

      const bench: ArticleBench = {
        workbench,
        get address() {
          return address
        },
        get service() {
          return service
        },
        nextThread() {
          const thread = threads.pop()
          if (thread === undefined) throw new Error('no resolved thread is left')
          return thread
        },
        manager: (path) => workbench.open(service, { role: 'knowledge-manager' }, path),
        async ask({ request }, method, path, { data, ifMatch } = {}) {
          const headers = { origin: service.url, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) }
          const answer = await request.fetch(`/api${path}`, { method, data, headers })
          expect(answer.ok(), await answer.text()).toBe(true)
          return answer.json()
        },
        read: (context, id) => bench.ask(context, 'GET', `/articles/${id}`),
        draftOf: (context, id) => bench.ask(context, 'GET', `/articles/${id}/draft`),
        async edit(opened, article) {
          const { page, context } = opened ?? (await bench.manager('/articles'))
          const edited = article ?? (await withoutCause(context))
          await page.goto(`/app/articles/${edited.id}/edit`)
          await section(page, 'Resolution').waitFor()
          return { page, context, article: edited }
        },
      }
      /** A new article whose cause is empty, so that tests know what stands there once they have written it. */
      async function withoutCause(context: BrowserContext): Promise<ArticleAnswer> {
        const article = await bench.ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
        return article.cause === '' ? article : withoutCause(context)
      }

      suite(bench)
    })
  })
}

/** The editor of a section. */
export function section(page: Page, name: string) {
  return page.getByRole('textbox', { name, exact: true })
}

/** Types at the end of a section. */
export async function write(page: Page, name: string, text: string): Promise<void> {
  await section(page, name).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

/** Waits until the server has the whole text. */
export function saved(page: Page): Promise<void> {
  return page.getByText(/^Saved at \d\d:\d\d:\d\d$/).waitFor()
}
