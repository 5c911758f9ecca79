import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { describeArticles } from '../support/articles.ts'
import { accessibilityFaults } from '../support/workbench.ts'

const NARROW = { width: 320, height: 640 }
const WIDE = { width: 1440, height: 900 }

async function fitsNarrowly(page: Page): Promise<boolean> {
  await page.setViewportSize(NARROW)
  const fits = await page.evaluate(
    () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
  )
  await page.setViewportSize(WIDE)
  return fits
}

describeArticles('the upkeep of articles in the browser', (bench) => {
  const { ask } = bench

  it('merges two articles after a look at both, leads from the one to the other, and undoes it', async () => {
    const { page, context } = await bench.manager('/articles')
    const stays = await ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    let goes = await ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    while (goes.language !== stays.language)
      goes = await ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    await page.goto(`/app/articles/${goes.id}`)
    await page.locator('article').waitFor()
    await page.keyboard.press('m')
    await page.getByLabel('Article to merge into').fill(stays.title.split(' ').slice(0, 3).join(' '))
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: stays.title }).click()
    expect(page.url()).toContain(`into=${stays.id}`)
    await page.getByRole('heading', { name: 'Stays, with its title and audience' }).waitFor()
    await page.getByText('1 thread', { exact: true }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await fitsNarrowly(page)).toBe(true)
    await page.getByLabel('Why they are merged').fill('The same question twice.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Merged into').waitFor()
    expect((await ask(context, 'GET', `/articles/${stays.id}`)).threadIds).toHaveLength(2)

    await page.goto(`/app/articles/${goes.id}`)
    await page.getByText('The same question twice.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Undo the merge' }).click()
    await page.getByRole('link', { name: 'Merge…' }).waitFor()
    expect((await ask(context, 'GET', `/articles/${stays.id}`)).threadIds).toHaveLength(1)

    await context.addCookies([{ name: 'entraide_language', value: 'fr', url: bench.service.url }])
    await page.goto(`/app/articles/${goes.id}/merge?into=${stays.id}`)
    await page.getByLabel('Pourquoi ils sont fusionnés').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('goes through what is due by keys: checks, puts off, archives many, and undoes', async () => {
    const { page, context } = await bench.manager('/articles')
    for (let count = 0; count < 4; count++)
      await ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    const settings = await ask(context, 'GET', '/articles/reviews/settings')
    const { sql } = bench.address.db
    await sql('articles').update({
      confidence: 'validated',
      created_at: '2020-01-01T00:00:00.000Z',
      updated_at: '2020-01-01T00:00:00.000Z',
    })
    await page.goto('/app/articles')
    await page.getByRole('link', { name: 'To review' }).click()
    await page.getByText('Nothing to review').waitFor()
    await page.getByRole('button', { name: 'When they are due' }).click()
    await page.getByLabel('Days until an article is due').fill('90')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await ask(context, 'GET', '/articles/reviews/settings')).toEqual({ ...settings, days: 90 })
    const due = await eventually(
      () => sql('article_reviews').where({ state: 'waiting' }),
      (rows) => rows.length > 3,
    )
    await page.getByRole('link', { name: 'All', exact: true }).click()
    const rows = page.locator('.reviews-table [data-row]')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(due.length)
    expect(await accessibilityFaults(page)).toEqual([])
    const first = await rows.first().getAttribute('data-row')

    await page.keyboard.press('j')
    await page.keyboard.press('o')
    await page.getByText('Nobody has checked it since it was written.').waitFor()
    expect(page.url()).toContain(`open=${first}`)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await fitsNarrowly(page)).toBe(true)
    await page.keyboard.press('y')
    await page
      .getByText(/^Checked: /)
      .first()
      .waitFor()
    expect((await ask(context, 'GET', `/articles/${first}`)).lastCheck.by.name).toBeTruthy()
    await page.keyboard.press('z')
    await page.locator(`[data-row="${first}"]`).waitFor()

    // The next one was opened in place of the one that left.
    const next = new URL(page.url()).searchParams.get('open')
    await page.keyboard.press('s')
    await page.getByRole('textbox', { name: 'Why' }).fill('After the launch.')
    await page.getByRole('dialog').getByRole('button', { name: 'Put off' }).click()
    await page
      .getByText(/^Put off: /)
      .first()
      .waitFor()
    await rows.first().getByRole('checkbox').check()
    await rows.nth(1).getByRole('checkbox').check()
    await page.keyboard.press('d')
    await page.getByText('2 articles archived').first().waitFor()
    await eventually(
      () => sql('articles').where({ confidence: 'archived' }),
      (archived) => archived.length === 2,
    )
    await page.keyboard.press('z')
    await eventually(
      () => sql('articles').where({ confidence: 'archived' }),
      (archived) => archived.length === 0,
    )
    await context.addCookies([{ name: 'entraide_language', value: 'fr', url: bench.service.url }])
    await page.goto('/app/articles/reviews?owner=all&state=put-off')
    await page.locator(`[data-row="${next}"]`).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })
})
