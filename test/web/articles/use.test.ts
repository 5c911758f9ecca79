import { expect, it } from 'vitest'
import { describeArticles } from '../support/articles.ts'
import { accessibilityFaults } from '../support/workbench.ts'

describeArticles('the use of an article in the browser', (bench) => {
  const { ask } = bench

  it('is counted by one key and one field, and taken back', async () => {
    const { page, context } = await bench.manager('/articles')
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: bench.service.url })
    const article = await ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    await page.goto(`/app/articles/${article.id}`)
    await page.getByText('not used yet').waitFor()
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `${bench.service.url}/app/articles/${article.id}`,
    )
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('The link is copied.', { exact: true }).waitFor()
    expect((await ask(context, 'GET', `/articles/${article.id}`)).uses.total).toBe(0)

    await page.keyboard.press('c')
    await page.getByLabel('What was it used for?').fill('CAS-7')
    await page.keyboard.press('Enter')
    await page.getByText('The use for CAS-7 is counted.').waitFor()
    await page.getByText('used once, 1 in 90 days').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('The use for CAS-7 no longer counts.').waitFor()
    await page.getByText('not used yet').waitFor()
  })

  it('leads to reports, which are listed by their date, marked when overdue, and closed', async () => {
    const { page, context } = await bench.manager('/articles')
    const article = await ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    await page.goto(`/app/articles/${article.id}`)
    await page.locator('article').waitFor()
    await page.keyboard.press('r')
    await page.getByLabel('What is wrong').fill('The menu has <b>another</b> name.')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Report', exact: true }).click()
    await page.getByText('The problem is reported.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await bench.address.db.sql('article_reports').update({ due_at: '2026-01-01T00:00:00.000Z' })

    await page.goto('/app/articles')
    await page.getByRole('link', { name: 'Reports' }).click()
    await page.getByText('The menu has <b>another</b> name.').waitFor()
    await page.getByText('Overdue').waitFor()
    expect(page.url()).toContain('/app/articles/reports')
    await page.getByLabel('Only in categories that I own').check()
    await page.getByText('No open reports').waitFor()
    expect(page.url()).toContain('owner=me')
    await page.getByLabel('Only in categories that I own').uncheck()
    for (const language of ['fr', 'en'] as const) {
      await context.addCookies([{ name: 'entraide_language', value: language, url: bench.service.url }])
      await page.goto('/app/articles/reports')
      await page.getByRole('button', { name: language === 'fr' ? 'Clore…' : 'Close…' }).waitFor()
      expect([language, await accessibilityFaults(page)]).toEqual([language, []])
      await page.setViewportSize({ width: 320, height: 640 })
      const { scrolled, width } = await page.evaluate(() => ({
        scrolled: document.documentElement.scrollWidth,
        width: document.documentElement.clientWidth,
      }))
      expect([language, scrolled]).toEqual([language, width])
      await page.setViewportSize({ width: 1440, height: 900 })
    }
    await page.getByRole('button', { name: 'Close…' }).click()
    await page.getByRole('radio', { name: /^Fixed/ }).check()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('The report is closed.').waitFor()
    await page.getByText('No open reports').waitFor()
    await page.getByRole('link', { name: 'Closed' }).click()
    await page.getByRole('cell', { name: /^Fixed/ }).waitFor()
    await page.locator('h1').focus()
    await page.keyboard.press('u')
    await page.getByRole('heading', { level: 1, name: 'Articles' }).waitFor()
  })
})
