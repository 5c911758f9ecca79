import { expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { describeArticles } from './support/articles.ts'
import { accessibilityFaults } from './support/workbench.ts'

describeArticles('searches in the browser', (bench) => {
  it('lead from a gap to an article that is called so, which can be taken back', async () => {
    const { page, context } = await bench.manager('/articles')
    const { title, id } = await bench.ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    const { q } = await askInVain()
    await page.goto('/app/search')
    await page.getByRole('link', { name: q }).waitFor()
    expect(page.url()).toContain('/app/search/gaps')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('link', { name: 'Queries' }).click()
    await page.getByRole('cell', { name: q }).first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.setViewportSize({ width: 320, height: 640 })
    for (const tab of ['queries', 'gaps']) {
      await page.goto(`/app/search/${tab}`)
      await page.getByText(q).first().waitFor()
      const { scrolled, width } = await page.evaluate(() => ({
        scrolled: document.documentElement.scrollWidth,
        width: document.documentElement.clientWidth,
      }))
      expect([tab, scrolled]).toEqual([tab, width])
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('link', { name: q }).click()
    await page.getByRole('heading', { level: 1, name: `Gap: ${q}` }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Decline…' }).click()
    await page.getByRole('radio', { name: 'It is asked too rarely.' }).check()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('It is asked too rarely.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'People call it so…' }).click()
    await page.getByRole('searchbox', { name: 'Find an article' }).fill(title)
    await page.getByRole('button', { name: title }).first().click()
    await page.getByText(/^Linked to an article by/).waitFor()

    await page.goto(`/app/articles/${id}`)
    const phrasings = page.getByRole('region', { name: 'What people call it' })
    await phrasings.getByText(q).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await phrasings.getByRole('button', { name: `Remove “${q}”` }).click()
    await phrasings.getByText('1 removed').click()
    await phrasings.getByRole('button', { name: `Restore “${q}”` }).click()
    await phrasings.getByRole('button', { name: `Remove “${q}”` }).waitFor()
  })

  /** Asks for what threads hold and no article has, until the log says so. */
  async function askInVain(): Promise<{ readonly q: string }> {
    const row: { title: string } = await bench.address.db
      .sql('threads')
      .where({ language: 'en', accepted_count: 0 })
      .orderBy('id')
      .first('title')
    const q = row.title.replace(/[?!.]+$/, '')
    for (let i = 0; i < 3; i++) await fetch(`${bench.service.url}/help/en/search?q=${encodeURIComponent(q)}`)
    const asked = await eventually(
      () => bench.address.db.sql('searches').pluck('text'),
      (texts) => texts.length >= 3,
    )
    return { q: asked[0] }
  }
})
