import { expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { describeArticles } from '../support/articles.ts'
import { accessibilityFaults } from '../support/workbench.ts'

describeArticles('candidates in the browser', (bench) => {
  const candidates = (state: string): Promise<string[]> =>
    bench.address.db.sql('article_candidates').where({ state }).pluck('id')
  /** Waits until the server has so many candidates of a state more than `before`. */
  const become = async (state: string, count: number, before: readonly string[]) => {
    const now = await eventually(
      () => candidates(state),
      (ids) => ids.length === before.length + count,
    )
    expect(now).toHaveLength(before.length + count)
  }

  it('are read, declined, undone, merged and promoted by keys', async () => {
    const { page } = await bench.manager('/review')
    await eventually(
      () => candidates('open'),
      (ids) => ids.length > 4,
    )
    const [declined, promoted, merged] = await Promise.all(['declined', 'promoted', 'merged'].map(candidates))
    await page.locator('h1').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await page.getByRole('heading', { level: 1, name: 'Candidates' }).waitFor()
    const rows = page.locator('.candidates-table [data-row]')
    await rows.first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('j')
    await page.keyboard.press('o')
    await page.getByRole('heading', { name: 'What the worth is made of' }).waitFor()
    await page.getByText('not counted yet').waitFor()
    expect(page.url()).toContain('open=cnd_')
    expect(await accessibilityFaults(page)).toEqual([])
    const first = await rows.first().getAttribute('data-row')

    await page.keyboard.press('d')
    await page.getByRole('radio', { name: 'Asked too rarely' }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
    await page
      .getByText(/^Declined: /)
      .first()
      .waitFor()
    expect(await rows.first().getAttribute('data-row')).not.toBe(first)
    await become('declined', 1, declined!)
    await page.keyboard.press('z')
    await become('declined', 0, declined!)
    await page.locator(`[data-row="${first}"]`).waitFor()

    await page.locator(`[data-row="${first}"] a`).focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('2 candidates chosen').waitFor()
    await page.keyboard.press('p')
    await page.getByText('2 candidates promoted').first().waitFor()
    await become('promoted', 2, promoted!)

    // What is open beside the list is what keys act on, and only candidates of one language are merged.
    await page.goto('/app/candidates?language=en')
    const other = await rows.nth(1).getByRole('link').innerText()
    await rows.first().getByRole('link').focus()
    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('searchbox').fill(other)
    await dialog.getByRole('button', { name: other }).click()
    await page
      .getByText(/^Merged: /)
      .first()
      .waitFor()
    await become('merged', 1, merged!)
  })

  it('are only read by agents, and say why there are none', async () => {
    const { page } = await bench.workbench.open(bench.service, { role: 'agent' }, '/candidates')
    await page.locator('.candidates-table [data-row] a').first().waitFor()
    await bench.address.db.sql('article_candidates').update({ failed_searches: 3 })
    await page.locator('.candidates-table [data-row] a').first().click()
    await page.getByRole('heading', { name: 'What the worth is made of' }).waitFor()
    await page.getByText('3 a month', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: /Promote/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Weights' }).click()
    await page.getByText('What candidates are ranked by').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.goto('/app/candidates?state=linked')
    await page.getByText('No candidate fits these filters').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })
})
