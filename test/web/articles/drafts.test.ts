import { expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { describeArticles, saved, section, write } from '../support/articles.ts'
import { accessibilityFaults } from '../support/workbench.ts'

describeArticles('drafts of articles in the browser', (bench) => {
  const { manager, read, draftOf, edit } = bench

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

  it('discarded are given back when asked, also after a reload', async () => {
    const { page, context, article } = await edit()
    await write(page, 'Cause', 'Given up too soon.')
    await page.keyboard.press('Control+s')
    await saved(page)
    await page.getByRole('button', { name: 'Discard the draft' }).click()
    await page.getByText('The draft was discarded.').waitFor()
    expect((await draftOf(context, article.id)).savedAt).toBeUndefined()
    await section(page, 'Cause').getByText('Given up too soon.').waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('button', { name: 'Take it back' }).click()
    await section(page, 'Cause').getByText('Given up too soon.').waitFor()
    await saved(page)
    expect((await draftOf(context, article.id)).content.cause).toBe('Given up too soon.')
  })

  it('say so where the browser keeps nothing of what the server lacks', async () => {
    const { page, context } = await bench.manager('/articles')
    await page.addInitScript(() => {
      const open = indexedDB.open.bind(indexedDB)
      Object.defineProperty(indexedDB, 'open', {
        value: (name: string, version?: number) => {
          if (name === 'entraide-drafts') throw new DOMException('refused', 'SecurityError')
          return open(name, version)
        },
      })
    })
    await edit({ page, context })
    await page.clock.install()
    await context.setOffline(true)
    await write(page, 'Cause', 'Nowhere but here.')
    await page.clock.runFor(11_000)
    await page.getByText('This browser keeps nothing: leave this window open.').waitFor()
    await context.setOffline(false)
    await page.clock.runFor(4_000)
    await saved(page)
  })
})
