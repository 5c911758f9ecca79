import { expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { describeArticles } from '../support/articles.ts'
import { accessibilityFaults } from '../support/workbench.ts'

describeArticles('articles in the browser', (bench) => {
  const { ask, read, edit } = bench

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
    const { page: reader } = await bench.workbench.open(
      bench.service,
      { role: 'agent' },
      page.url().split('/app')[1]!,
    )
    await reader.getByRole('heading', { name: 'From revision 1 to 3' }).waitFor()
    expect(await accessibilityFaults(reader)).toEqual([])
  })

  it('show what changed as readers see it, and have an earlier text again', async () => {
    const { page, context, article } = await edit()
    for (const [ifMatch, cause] of [
      ['"1"', 'The **old** cable was loose.\n\n- at the box\n- at the wall'],
      ['"2"', 'The **old** plug was loose.\n\n- at the box\n- in the `hall`'],
    ] as const)
      await ask(context, 'PATCH', `/articles/${article.id}`, { data: { cause }, ifMatch })
    await page.goto(`/app/articles/${article.id}/revisions`)
    await page.getByRole('button', { name: 'As readers see it' }).click()
    await page.locator('strong', { hasText: 'old' }).waitFor()
    expect(await page.locator('ins').allInnerTexts()).toEqual(['plug', 'in', 'hall'])
    expect(await page.locator('del').allInnerTexts()).toEqual(['cable', 'at', 'wall'])
    expect(await page.locator('code ins').innerText()).toBe('hall')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Restore revision 2' }).click()
    await page.getByRole('heading', { name: 'From revision 3 to 4' }).waitFor()
    expect(await read(context, article.id)).toMatchObject({ revision: 4 })
  })

  it('whose cited posts changed are found in the list, open at the passage, and are kept with a reason', async () => {
    const { page, context, article } = await edit()
    const flagged = bench.address.db
      .sql('article_passages')
      .where({ article_id: article.id, section: 'issue' })
    await bench.address.db
      .sql('passage_citations')
      .whereIn('passage_id', flagged.orderBy('position').limit(1).select('id'))
      .update({
        post_hash: 'of another text',
        excerpt: '["It was otherwise."]',
        flag: 'edited',
        flagged_at: '2026-01-01T00:00:00.000Z',
      })
    await page.goto('/app/articles')
    await page.getByRole('link', { name: /^To check/ }).click()
    await page.getByText('1 post changed').waitFor()
    expect(page.url()).toContain('flagged=true')
    await page.locator('h1').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('o')
    await page.locator('.passage-flag').waitFor()
    await page.keyboard.press('Alt+ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/was edited after/)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('u')
    await page.getByText('1 post changed').waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Keep, with a reason' }).click()
    await page.getByLabel('Why the passage stays as it is').fill('It is about another box.')
    await page.keyboard.press('Enter')
    await page.locator('.passage-flag').waitFor({ state: 'detached' })
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
    const { page: colleague } = await bench.workbench.open(
      bench.service,
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
    const evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script><svg onload="window.hit=1">'
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
      { name: 'entraide_theme', value: theme, url: bench.service.url },
      { name: 'entraide_language', value: language, url: bench.service.url },
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
