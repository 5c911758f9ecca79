import { expect, it } from 'vitest'
import { describeArticles } from './support/articles.ts'
import { accessibilityFaults } from './support/workbench.ts'

describeArticles('the relevance bench in the browser', (bench) => {
  it('judges results by keys, tells how high answers stand, and shows it in the preview of synonyms', async () => {
    const { page, context } = await bench.manager('/search/relevance')
    const { title, id } = await bench.ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    await bench.ask(context, 'POST', `/articles/${id}/publish`, { data: { audience: 'internal' } })
    await page.getByText('No judged searches yet').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel('What people search for').fill(title)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: `Results for “${title}”` }).waitFor()
    const first = page.getByRole('row').nth(1)
    await first.getByRole('link', { name: title }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('j')
    await page.keyboard.press('n')
    await first.getByRole('button', { name: 'Does not', pressed: true }).waitFor()
    await first.getByRole('link').focus()
    await page.keyboard.press('y')
    await first.getByRole('button', { name: 'Answers', pressed: true }).waitFor()
    await page.keyboard.press('u')
    await page.getByText('Over 1 search to which an answer is known.').waitFor()
    await page.getByRole('definition').filter({ hasText: '100%' }).first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    const change = { add: [{ words: [{ text: 'handset' }, { text: 'router' }] }] }
    const preview = await bench.ask(context, 'POST', '/search/synonyms/preview', { data: change })
    expect(preview.relevance.before).toMatchObject({ searches: 1, mrr: 1 })
    await page.getByRole('link', { name: 'Synonyms' }).click()
    await page.getByRole('button', { name: /^Add synonyms/ }).click()
    await page.getByLabel('Word 1', { exact: true }).fill('handset')
    await page.getByLabel('Word 2', { exact: true }).fill('router')
    await page.getByRole('button', { name: 'Show what changes' }).click()
    await page.getByText(/^Of 1 judged search, 0 would find/).waitFor()

    await context.addCookies([{ name: 'entraide_language', value: 'fr', url: bench.service.url }])
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto('/app/search/relevance')
    await page.getByRole('link', { name: title }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    for (const path of ['', '/..'])
      expect([
        path,
        await page.evaluate(
          () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
        ),
      ]).toEqual([path, true])
    expect(await accessibilityFaults(page)).toEqual([])
    await page.goto('/app/search/relevance')
    await page.getByRole('button', { name: /^Retirer/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click()
    await page.getByText('Aucune recherche jugée').waitFor()
  })

  it('shows supervisors how search does, and lets them judge nothing', async () => {
    const { context } = await bench.manager('/search/relevance')
    const search = await bench.ask(context, 'POST', '/search/judged', { data: { text: 'router' } })
    const { page } = await bench.workbench.open(bench.service, { role: 'supervisor' }, '/search/relevance')
    await page.getByRole('link', { name: 'router' }).click()
    await page.getByRole('heading', { level: 1, name: 'Results for “router”' }).waitFor()
    expect(await page.getByRole('button', { name: 'Answers' }).count()).toBe(0)
    await page.goto('/app/search/relevance')
    await page.getByRole('link', { name: search.text }).waitFor()
    expect(await page.getByRole('button', { name: /Remove|Add and judge/ }).count()).toBe(0)
  })
})
