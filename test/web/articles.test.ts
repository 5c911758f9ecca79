import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { COMMUNITY } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { type Service, startService } from '../support/service.ts'
import { accessibilityFaults, describeInBrowser, type OpenPage } from './support/workbench.ts'

interface ArticleAnswer {
  readonly id: string
  readonly title: string
  readonly confidence: string
  readonly audience: string
  readonly revision: number
  readonly resolution: string
}

describeInBrowser('articles in the browser', (workbench) => {
  describeEachDatabase('of a community', (database) => {
    let address: TestDatabase
    let service: Service
    let threads: string[]

    beforeAll(async () => {
      address = await database(COMMUNITY)
      service = await startService(address)
      threads = await address.db
        .sql('threads')
        .where('accepted_count', '>', 0)
        .orderBy('id')
        .limit(20)
        .pluck('id')
    })
    afterAll(() => service.stop())

    const manager = (path: string, options = {}) =>
      workbench.open(service, { role: 'knowledge-manager' }, path, options)

    /** Asks the API as the person of a browser. */
    async function ask(
      { request }: BrowserContext,
      method: string,
      path: string,
      { data, ifMatch }: { readonly data?: object; readonly ifMatch?: string } = {},
    ) {
      const headers = { origin: service.url, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) }
      const answer = await request.fetch(`/api${path}`, { method, data, headers })
      expect(answer.ok(), await answer.text()).toBe(true)
      return answer.json()
    }

    const promote = (context: BrowserContext): Promise<ArticleAnswer> =>
      ask(context, 'POST', `/threads/${threads.pop()}/promote`)

    const read = (context: BrowserContext, id: string): Promise<ArticleAnswer> =>
      ask(context, 'GET', `/articles/${id}`)

    const draftOf = (context: BrowserContext, id: string) => ask(context, 'GET', `/articles/${id}/draft`)

    /** Opens the draft of a new article. */
    async function edit(opened?: OpenPage, article?: ArticleAnswer) {
      const { page, context } = opened ?? (await manager('/articles'))
      const edited = article ?? (await promote(context))
      await page.goto(`/app/articles/${edited.id}/edit`)
      await section(page, 'Resolution').waitFor()
      return { page, context, article: edited }
    }

    const section = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

    async function write(page: Page, name: string, text: string): Promise<void> {
      await section(page, name).click()
      await page.keyboard.press('Control+End')
      await page.keyboard.type(text)
    }

    const saved = (page: Page) => page.getByText(/^Saved at \d\d:\d\d:\d\d$/).waitFor()

    it('are edited beside what readers will see, saved apart from revisions, and found again', async () => {
      const { page, context, article } = await edit()
      await write(page, 'Cause', 'A **loose** cable, and nothing else.')
      await page.getByLabel('Preview: Cause').locator('strong', { hasText: 'loose' }).waitFor()
      await page.keyboard.press('Control+s')
      await saved(page)
      expect((await draftOf(context, article.id)).content.cause).toBe('A **loose** cable, and nothing else.')
      expect((await read(context, article.id)).revision).toBe(article.revision)
      await page.reload()
      await page.getByText('A **loose** cable').waitFor()
      await page.getByRole('button', { name: 'Add as a revision' }).click()
      await page.locator('article').getByText('loose').waitFor()
      expect((await read(context, article.id)).revision).toBe(article.revision + 1)
    })

    it('keep what was typed when the tab dies before anything was saved', async () => {
      const { page, context, article } = await edit()
      await context.route('**/draft', (route) =>
        route.request().method() === 'PUT' ? route.abort() : route.continue(),
      )
      await write(page, 'Cause', 'Typed just before the end.')
      await page.close()
      await context.unroute('**/draft')
      expect((await draftOf(context, article.id)).savedAt).toBeUndefined()
      const again = await context.newPage()
      await again.goto(`/app/articles/${article.id}/edit`)
      await section(again, 'Cause').getByText('Typed just before the end.').waitFor()
      await saved(again)
      expect((await draftOf(context, article.id)).content.cause).toBe('Typed just before the end.')
    })

    it('say in amber that the server lacks the text, and save it when the server is back', async () => {
      const { page, context, article } = await edit()
      await page.clock.install()
      await context.setOffline(true)
      await write(page, 'Cause', 'Offline.')
      await page.clock.runFor(11_000)
      await page.getByText('The server does not answer. Your text is kept in this browser.').waitFor()
      await context.setOffline(false)
      await page.clock.runFor(4_000)
      await saved(page)
      expect((await draftOf(context, article.id)).content.cause).toBe('Offline.')
    })

    it('edited by two people at once show both texts, and go on with what one of them chooses', async () => {
      const first = await edit()
      const other = await edit(await manager('/articles'), first.article)
      await other.context.setOffline(true)
      await write(first.page, 'Resolution', ' First.')
      await first.page.keyboard.press('Control+s')
      await saved(first.page)
      await write(other.page, 'Resolution', ' Second.')
      await write(other.page, 'Cause', 'Only theirs.')
      await other.context.setOffline(false)
      await other.page.getByText(/saved another text of this draft/).waitFor()
      await other.page.getByText('Only you changed: Cause.').waitFor()
      const ours = other.page.getByRole('textbox', { name: 'Resolution: you' })
      await ours.getByText('Second.').waitFor()
      await other.page.getByText('First.').waitFor()
      expect(await accessibilityFaults(other.page)).toEqual([])
      await ours.click()
      await other.page.keyboard.press('Control+End')
      await other.page.keyboard.type(' And First.')
      await other.page.getByRole('button', { name: 'Go on with my text' }).click()
      await saved(other.page)
      const { content } = await draftOf(first.context, first.article.id)
      expect(content).toMatchObject({ cause: 'Only theirs.' })
      expect(content.resolution).toMatch(/ Second\. And First\.$/)
      // The window that has nothing unsaved takes the new text in.
      await section(first.page, 'Cause').getByText('Only theirs.').waitFor()
    })

    it('go on with the text of the other, and give back one’s own when asked', async () => {
      const { page, context, article } = await edit()
      const window = await context.newPage()
      await edit({ page: window, context }, article)
      await write(window, 'Cause', 'Mine.')
      await saved(window)
      await window.route('**/draft', (route) => route.abort())
      await write(window, 'Cause', ' And more.')
      await eventually(() => window.getByText('Not saved yet').count(), Boolean)
      await page.reload()
      await section(page, 'Cause').getByText('Mine.').waitFor()
      await write(page, 'Cause', ' From the first window.')
      await page.keyboard.press('Control+s')
      await saved(page)
      await window.unroute('**/draft')
      await window.getByRole('button', { name: /^Go on with the text of/ }).click()
      await section(window, 'Cause').getByText('Mine. From the first window.').waitFor()
      await window.getByRole('button', { name: 'Take it back' }).click()
      await section(window, 'Cause').getByText('Mine. And more.').waitFor()
      await eventually(
        async () => (await draftOf(context, article.id)).content.cause,
        (cause) => cause === 'Mine. And more.',
      )
    })

    it('are published by the keyboard once what is missing was added or checked', async () => {
      const { page, context, article } = await edit()
      await section(page, 'Resolution').click()
      await page.keyboard.press('Control+a')
      await page.keyboard.press('Delete')
      await page.keyboard.press('Control+Enter')
      const dialog = page.getByRole('dialog')
      await dialog.getByText('Add what is missing: the resolution.').waitFor()
      expect(await dialog.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
      await page.keyboard.press('Escape')
      await write(page, 'Resolution', 'Write to ana.perez@gmail.com')
      await page.keyboard.press('Control+Enter')
      await dialog.getByText(/It may contain personal data/).waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await dialog.getByLabel('I checked the passages').press('Space')
      await page.keyboard.press('Control+Enter')
      await page.getByRole('link', { name: '3 revisions' }).waitFor()
      expect(await read(context, article.id)).toMatchObject({
        confidence: 'validated',
        audience: 'public',
        revision: 3,
        resolution: 'Write to ana.perez@gmail.com',
      })
    })

    it('are made of a thread by its page, which opens the draft', async () => {
      const { page } = await manager(`/threads/${threads.pop()}`)
      await page.getByRole('button', { name: 'Make it an article' }).click()
      await section(page, 'Resolution').waitFor()
      expect(page.url()).toMatch(/\/app\/articles\/art_[^/]+\/edit$/)
    })

    it('are archived at once, and brought back as they were', async () => {
      const { page, context, article } = await edit()
      await ask(context, 'POST', `/articles/${article.id}/publish`, { data: { audience: 'public' } })
      await page.goto(`/app/articles/${article.id}`)
      await page.getByRole('button', { name: 'Archive' }).click()
      await page.getByText(/^Archived: readers do not find it/).waitFor()
      expect((await read(context, article.id)).confidence).toBe('archived')
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('button', { name: 'Archive' }).waitFor()
      expect(await read(context, article.id)).toMatchObject({ confidence: 'validated', audience: 'public' })
    })

    it('show two revisions word by word at an address that others open', async () => {
      const { page, context, article } = await edit()
      for (const [ifMatch, cause] of [
        ['"1"', 'The cable was loose.'],
        ['"2"', 'The plug was loose.'],
      ] as const)
        await ask(context, 'PATCH', `/articles/${article.id}`, { data: { cause }, ifMatch })
      await page.goto(`/app/articles/${article.id}/revisions`)
      await page.locator('del', { hasText: 'cable' }).waitFor()
      expect(await page.locator('ins').allInnerTexts()).toEqual(['plug'])
      await page.getByRole('radio', { name: 'From revision 1' }).check()
      await page.getByRole('heading', { name: 'From revision 1 to 3' }).waitFor()
      expect(page.url()).toContain('from=1&to=3')
      await page.keyboard.press('Alt+ArrowDown')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('The plug was loose.')
      const { page: reader } = await workbench.open(service, { role: 'agent' }, page.url().split('/app')[1]!)
      await reader.getByRole('heading', { name: 'From revision 1 to 3' }).waitFor()
      expect(await accessibilityFaults(reader)).toEqual([])
    })

    it('whose cited posts changed are found in the list, opened, and read again', async () => {
      const { page, context, article } = await edit()
      await address.db
        .sql('article_citations')
        .where({ article_id: article.id, section: 'resolution' })
        .update({ hash: 'of another text', flag: 'edited', flagged_at: '2026-01-01T00:00:00.000Z' })
      await page.goto('/app/articles')
      await page.getByRole('link', { name: /^To read again/ }).click()
      await page.getByText('1 post changed').waitFor()
      expect(page.url()).toContain('flagged=true')
      await page.locator('h1').focus()
      await page.keyboard.press('j')
      await page.keyboard.press('o')
      await page.getByText('Posts that this article rests on have changed.').waitFor()
      await page.keyboard.press('Alt+ArrowDown')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/was edited after/)
      expect(await accessibilityFaults(page)).toEqual([])
      await page.keyboard.press('u')
      await page.getByText('1 post changed').waitFor()
      await page.goBack()
      await page.getByRole('button', { name: 'The article still holds' }).click()
      await page.getByText('Posts that this article rests on have changed.').waitFor({ state: 'detached' })
      const { citations } = (await read(context, article.id)) as unknown as { citations: { flag?: string }[] }
      expect(citations.every(({ flag }) => flag === undefined)).toBe(true)
    })

    it('are filtered by words at an address that a colleague opens with the same rows', async () => {
      const { page, article } = await edit()
      await page.goto('/app/articles')
      await page.keyboard.press('f')
      await page.keyboard.type(
        article.title
          .split(/[^\p{L}\p{N}]+/u)
          .slice(0, 3)
          .join(' '),
      )
      await page.getByRole('link', { name: article.title }).waitFor()
      const { page: colleague } = await workbench.open(
        service,
        { role: 'agent' },
        page.url().split('/app')[1]!,
      )
      await colleague.getByRole('link', { name: article.title }).click()
      await colleague.getByRole('heading', { level: 1, name: article.title }).waitFor()
      expect(await colleague.getByRole('link', { name: 'Edit' }).count()).toBe(0)
      await colleague.goto(`/app/articles/${article.id}/edit`)
      await colleague.getByRole('alert').waitFor()
    })

    it('run nothing that their title or their text holds', async () => {
      const { page, context, article } = await edit()
      const evil =
        '<img src=x onerror="window.hit=1"><script>window.hit=1</script><svg onload="window.hit=1">'
      const links = `[a](javascript:window.hit=1) ${evil} <a href="javascript:window.hit=1">b</a>`
      await ask(context, 'PUT', `/articles/${article.id}/draft`, {
        data: {
          basedOn: 1,
          content: {
            title: evil,
            issue: links,
            environment: evil,
            resolution: links,
            cause: evil,
            language: 'en',
          },
        },
        ifMatch: '"0"',
      })
      await page.reload()
      await page.getByLabel('Preview: Issue').locator('.prose').waitFor()
      await page.getByRole('button', { name: 'Add as a revision' }).click()
      await page.locator('article').waitFor()
      await page.getByRole('heading', { level: 1 }).getByText('onerror').waitFor()
      await page.getByRole('link', { name: '2 revisions' }).click()
      await page.locator('ins').first().waitFor()
      await page.goto('/app/articles')
      await page.getByRole('link', { name: /onerror/ }).waitFor()
      expect(await page.evaluate(() => 'hit' in window)).toBe(false)
    })

    it.each(
      (['light', 'dark'] as const).flatMap((theme) =>
        (['en', 'fr'] as const).map((lang) => [theme, lang] as const),
      ),
    )('have pages without findings of axe, %s, %s, wide and narrow', async (theme, language) => {
      const { context, page, article } = await edit()
      await context.addCookies([
        { name: 'entraide_theme', value: theme, url: service.url },
        { name: 'entraide_language', value: language, url: service.url },
      ])
      for (const path of [
        '',
        `/${article.id}`,
        `/${article.id}/edit?changes=yes`,
        `/${article.id}/revisions`,
      ]) {
        await page.goto(`/app/articles${path}`)
        await page.locator('h1').waitFor()
        await eventually(
          () => page.locator('.loading').count(),
          (count) => count === 0,
        )
        expect([path, await accessibilityFaults(page)]).toEqual([path, []])
        await page.setViewportSize({ width: 320, height: 640 })
        const { scrolled, width } = await page.evaluate(() => ({
          scrolled: document.documentElement.scrollWidth,
          width: document.documentElement.clientWidth,
        }))
        expect([path, scrolled]).toEqual([path, width])
        await page.setViewportSize({ width: 1440, height: 900 })
      }
    })
  })
})
