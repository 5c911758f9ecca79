import { expect, it } from 'vitest'
import { describeArticles } from './support/articles.ts'
import { accessibilityFaults } from './support/workbench.ts'

describeArticles('synonyms in the browser', (bench) => {
  const { ask } = bench

  it('are written by keys, previewed, saved, met by another’s change, restored, proposed and declined', async () => {
    const { page, context } = await bench.manager('/search/synonyms')
    await page.getByText('No synonyms yet').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('a')
    await page.getByLabel('Word 1', { exact: true }).fill('handset')
    await page.getByLabel('Word 2', { exact: true }).fill('router')
    await page.getByRole('button', { name: 'Show what changes' }).click()
    await page.getByRole('heading', { name: /first results of .* recent question/ }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    const others = { add: [{ words: [{ text: 'box' }, { text: 'modem' }] }] }
    await ask(context, 'POST', '/search/synonyms', { data: others, ifMatch: '"0"' })
    await page.keyboard.press('Control+Enter')
    await page.getByText('Added meanwhile').waitFor()
    await page.getByText('box, modem').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('2 entries').waitFor()

    await page.getByLabel('Search the entries').fill('hand')
    await page.getByRole('button', { name: 'Remove box, modem' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Remove handset, router' }).click()
    await page.getByRole('heading', { name: /recent question/ }).waitFor()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('No entry has this in a word').waitFor()

    await page.getByRole('link', { name: 'Versions' }).click()
    await page.getByText('1 added, 0 removed').first().click()
    await page.getByText('+ handset, router').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('row', { name: /^2/ }).getByRole('button', { name: 'Restore' }).click()
    await page.getByText('Version 2 again').waitFor()
    expect((await ask(context, 'GET', '/search/synonyms')).total).toBe(2)

    await page.getByRole('button', { name: 'Import…' }).click()
    await page.getByLabel('Entries, one a line').fill('fr: décès; en: death\nalone')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Line 2 has a single word').waitFor()
    await page.getByLabel('Entries, one a line').fill('fr: décès; en: death')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect((await ask(context, 'GET', '/search/synonyms')).total).toBe(3)

    await page.getByRole('link', { name: 'Proposals' }).click()
    expect(await accessibilityFaults(page)).toEqual([])
    await context.addCookies([{ name: 'entraide_language', value: 'fr', url: bench.service.url }])
    for (const tab of ['', '?tab=proposals', '?tab=versions']) {
      await page.setViewportSize({ width: 320, height: 640 })
      await page.goto(`/app/search/synonyms${tab}`)
      await page.getByRole('heading', { name: 'Synonymes' }).waitFor()
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
        ),
      ).toBe(true)
    }
    await page.goto('/app/search/synonyms')
    await page.getByRole('button', { name: 'Ajouter des synonymes' }).click()
    expect(await accessibilityFaults(page)).toEqual([])
  })
})
