import { expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { describeArticles, section, write } from './support/articles.ts'
import { accessibilityFaults } from './support/workbench.ts'

describeArticles('the publication of articles in the browser', (bench) => {
  const { manager, ask, read, edit } = bench

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
    const { page } = await manager(`/threads/${bench.nextThread()}`)
    await page.getByRole('button', { name: 'Promote to an article' }).click()
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

  it('whose publication fails after the draft became a revision are published at the next attempt', async () => {
    const { page, context, article } = await edit()
    await write(page, 'Cause', 'A loose cable.')
    let failures = 1
    await page.route('**/publish', (route) => {
      if (failures === 0) return route.continue()
      failures -= 1
      return route.abort()
    })
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog')
    const publish = dialog.getByRole('button', { name: 'Publish' })
    await eventually(
      async () => {
        for (const check of await dialog.getByRole('checkbox').all()) await check.check()
        return publish.isEnabled()
      },
      (isEnabled) => isEnabled,
    )
    await publish.click()
    await dialog.getByRole('alert').waitFor()
    expect(await read(context, article.id)).toMatchObject({ revision: article.revision + 1 })
    await publish.click()
    await dialog.waitFor({ state: 'detached' })
    expect(await read(context, article.id)).toMatchObject({
      confidence: 'validated',
      revision: article.revision + 2,
    })
  })

  it('ask again for what was confirmed when another audience is chosen', async () => {
    const { page } = await edit()
    await write(page, 'Resolution', ' Write to ana.perez@gmail.com')
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog')
    const confirmation = dialog.getByLabel('I checked the passages')
    await confirmation.check()
    await dialog.getByRole('radio', { name: /^Customers/ }).check()
    await eventually(
      () => confirmation.isChecked(),
      (isChecked) => !isChecked,
    )
    expect(await dialog.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
  })
})
