import { expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { describeArticles, section, write } from '../support/articles.ts'
import { accessibilityFaults } from '../support/workbench.ts'

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
    await write(page, 'Resolution', 'Restart it.')
    await page.keyboard.press('Control+Enter')
    // As it is: nobody shows it to more people without saying so.
    expect(await dialog.getByRole('radio', { name: /^Internal/ }).isChecked()).toBe(true)
    await dialog.getByRole('radio', { name: /^Partners/ }).check()
    await dialog.getByText('Nothing is missing.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await page.getByRole('status').getByText('Published for partners').waitFor()
    await page.getByRole('link', { name: '3 revisions' }).waitFor()
    expect(await read(context, article.id)).toMatchObject({
      confidence: 'validated',
      audience: 'partner',
      revision: 3,
      resolution: 'Restart it.',
    })
    await page.reload()
    await page.getByRole('link', { name: '3 revisions' }).waitFor()
    expect(await page.getByText('Published for partners').count()).toBe(0)
  })

  it('stay inside the company until each finding is redacted or waived, in the draft or the article', async () => {
    const { page, context, article } = await edit()
    await section(page, 'Issue').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('It blinks.')
    await section(page, 'Resolution').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Call 06 39 98 12 34 or write to ana.perez@gmail.com')
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /^Public/ }).check()
    await dialog.getByText(/It may contain personal data/).waitFor()
    const publish = dialog.getByRole('button', { name: 'Publish' })
    expect(await publish.isDisabled()).toBe(true)
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Redact 06 39 98 12 34' }).click()
    await dialog.getByText('06 39 98 12 34').first().waitFor({ state: 'detached' })
    expect(await publish.isDisabled()).toBe(true)
    await dialog.getByRole('button', { name: 'Waive, with a reason… ana.perez@gmail.com' }).click()
    await dialog.getByLabel('Why readers may see it').fill('Our press office')
    await dialog.getByRole('button', { name: 'Waive', exact: true }).click()
    await dialog.getByText('Nothing is missing.').waitFor()
    await publish.click()
    await page.getByRole('status').getByText('Published for everyone').waitFor()
    expect(await read(context, article.id)).toMatchObject({
      confidence: 'validated',
      audience: 'public',
      resolution: 'Call [phone number] or write to ana.perez@gmail.com',
    })
    const beside = page.getByRole('region', { name: 'Personal data' })
    await beside.getByText(/^Waived by knowledge-manager \d+: Our press office$/).waitFor()
    await page.locator('.prose .articles-personal[data-state=waived]').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('show what is undecided struck out where it stands, and redact it there', async () => {
    const { page, context, article } = await edit()
    const { revision } = await read(context, article.id)
    await ask(context, 'PATCH', `/articles/${article.id}`, {
      data: { cause: 'Ask `06 39 98 12 34`.' },
      ifMatch: `"${revision}"`,
    })
    await page.goto(`/app/articles/${article.id}`)
    await page.locator('.prose code del', { hasText: '06 39 98 12 34' }).waitFor()
    await page.getByRole('button', { name: 'Redact 06 39 98 12 34' }).click()
    await page.locator('.prose code', { hasText: '[phone number]' }).waitFor()
    expect(await page.locator('.prose del', { hasText: '06 39' }).count()).toBe(0)
  })

  it('go from one state to another, and back by undo', async () => {
    const { page, context, article } = await edit()
    await page.goto(`/app/articles/${article.id}`)
    const state = page.getByLabel('State')
    await state.selectOption('wip')
    await page.getByText('State: In progress').waitFor()
    expect((await read(context, article.id)).confidence).toBe('wip')
    await page.getByRole('button', { name: 'Undo' }).click()
    await eventually(
      async () => (await read(context, article.id)).confidence,
      (confidence) => confidence === article.confidence,
    )
    await state.selectOption('validated')
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: /^Internal/ })
      .waitFor()
  })

  it('offer agents what they are trained for, and nothing else', async () => {
    const { page, context } = await bench.workbench.open(bench.service, { role: 'agent' }, '/articles')
    const others = await edit()
    await page.goto(`/app/articles/${others.article.id}`)
    await page.getByRole('link', { name: /revision/ }).waitFor()
    for (const name of ['Publish…', 'Archive', 'Edit'])
      expect(await page.getByText(name, { exact: true }).count()).toBe(0)
    await page.goto(`/app/threads/${bench.nextThread()}`)
    await page.getByRole('button', { name: 'Promote to an article' }).click()
    await section(page, 'Resolution').waitFor()
    await write(page, 'Cause', 'A loose cable.')
    await page.getByRole('button', { name: 'Add as a revision' }).click()
    await page.getByRole('link', { name: '2 revisions' }).waitFor()
    expect(await page.getByRole('button', { name: /^Publish/ }).count()).toBe(0)
    const id = new URL(page.url()).pathname.split('/').at(-1)!
    // The thread of the draft may have a cause already.
    const cause = expect.stringContaining('A loose cable.')
    expect(await read(context, id)).toMatchObject({ cause, audience: 'internal' })
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
    const sources = () => bench.address.db.sql('sources')
    const audiences: { id: string; audience: string }[] = await sources().select('id', 'audience')
    await sources().update({ audience: 'internal' })
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /^Partners/ }).check()
    const confirmation = dialog.getByLabel('I checked the text')
    await confirmation.check()
    await dialog.getByRole('radio', { name: /^Customers/ }).check()
    await eventually(
      () => confirmation.isChecked(),
      (isChecked) => !isChecked,
    )
    expect(await dialog.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
    for (const { id, audience } of audiences) await sources().where({ id }).update({ audience })
  })
})
