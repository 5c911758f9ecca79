import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext } from 'playwright-core'
import { expect, it } from 'vitest'
import { startService } from '../../support/service.ts'
import { describeArticles } from '../support/articles.ts'
import { accessibilityFaults } from '../support/workbench.ts'

describeArticles('translations of an article in the browser', (bench) => {
  const { ask } = bench

  /** A published article with two passages in its resolution. */
  async function original(context: BrowserContext) {
    const { id } = await ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    const { revision } = await bench.read(context, id)
    const content = {
      title: 'Pas de réseau',
      issue: 'Le mobile ne trouve pas de réseau.',
      environment: '',
      resolution: 'Ouvrez les réglages.\n\nRedémarrez le mobile.',
      cause: '',
      language: 'fr',
    }
    await ask(context, 'PATCH', `/articles/${id}`, { data: content, ifMatch: `"${revision}"` })
    const published = { data: { audience: 'internal', confirmWiderAudience: true } }
    return ask(context, 'POST', `/articles/${id}/publish`, published)
  }
  const edit = async (context: BrowserContext, id: string, data: object) => {
    const { revision } = await bench.read(context, id)
    return ask(context, 'PATCH', `/articles/${id}`, { data, ifMatch: `"${revision}"` })
  }

  it('are begun from the list and written passage by passage, by keys alone', async () => {
    const { page, context } = await bench.manager('/articles')
    const article = await original(context)
    await page.getByRole('link', { name: 'Translations' }).click()
    await page.getByRole('link', { name: 'Pas de réseau' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const row = page.getByRole('row').filter({ hasText: 'Pas de réseau' })
    await row.getByRole('button', { name: 'Translate into English' }).click()
    await page.waitForURL(/\/articles\/art_\w+\/translation$/)
    const id = /art_\w+/.exec(page.url())![0]
    await page.getByText('4 passages to translate').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    await page.getByRole('button', { name: 'Translate Title' }).focus()
    await page.keyboard.press('Enter')
    for (const [name, text] of [
      ['Title', 'No network'],
      ['Issue 1', 'The phone finds no network.'],
      ['Resolution 1', 'Open the settings.'],
      ['Resolution 2', 'Restart the phone.'],
    ] as const) {
      const field = page.getByLabel(`Translation of ${name}`)
      await field.waitFor()
      await page.waitForFunction(
        (label) => document.activeElement?.getAttribute('aria-label') === label,
        `Translation of ${name}`,
      )
      await page.keyboard.type(text)
      if (name === 'Issue 1') expect(await accessibilityFaults(page)).toEqual([])
      await page.keyboard.press('Control+Enter')
    }
    await page.getByText('All passages are translated').waitFor()
    const draft = await bench.draftOf(context, id)
    expect(draft.content).toMatchObject({
      title: 'No network',
      issue: 'The phone finds no network.',
      resolution: 'Open the settings.\n\nRestart the phone.',
    })
    expect((await ask(context, 'GET', `/articles/${article.id}`)).translations).toMatchObject([{ id }])

    await context.addCookies([{ name: 'entraide_language', value: 'fr', url: bench.service.url }])
    await page.setViewportSize({ width: 320, height: 640 })
    for (const [path, text] of [
      [`${id}/translation`, 'Tous les passages sont traduits'],
      [id, 'Côte à côte'],
      ['translations', 'Langue de la traduction'],
    ]) {
      await page.goto(`/app/articles/${path}`)
      await page.getByText(text!).waitFor()
      expect([path, await accessibilityFaults(page)]).toEqual([path, []])
      const { scrolled, width } = await page.evaluate(() => ({
        scrolled: document.documentElement.scrollWidth,
        width: document.documentElement.clientWidth,
      }))
      expect([path, scrolled]).toEqual([path, width])
    }
  })

  it('show others who works on a passage, keep what was typed, and say what changed meanwhile', async () => {
    const first = await bench.manager('/articles')
    const article = await original(first.context)
    const { id } = await ask(first.context, 'POST', `/articles/${article.id}/translations`, {
      data: { language: 'en' },
    })
    const address = `/app/articles/${id}/translation`
    await first.page.goto(address)
    await first.page.getByRole('button', { name: 'Translate Issue 1' }).click()
    await first.page.getByLabel('Translation of Issue 1').fill('The phone has')

    const second = await bench.manager(`/articles/${id}/translation`)
    await second.page.getByText('works on it').waitFor()
    expect(await second.page.getByRole('button', { name: 'Translate Issue 1' }).isDisabled()).toBe(true)
    await first.page.keyboard.press('Escape')
    await second.page.getByText('works on it').waitFor({ state: 'detached' })
    await second.page.getByRole('button', { name: 'Translate Issue 1' }).click()
    await second.page.getByLabel('Translation of Issue 1').fill('Theirs')

    // The lease of the second ends, as if their machine had gone; the first takes over and saves.
    await bench.address.db.sql('translation_locks').where({ article_id: id }).delete()
    await first.page.reload()
    await first.page.getByRole('button', { name: 'Translate Issue 1' }).click()
    const mine = first.page.getByLabel('Translation of Issue 1')
    expect(await mine.inputValue()).toBe('The phone has')
    await mine.fill('The phone has no network.')
    await first.page.keyboard.press('Control+Enter')
    await first.page.getByText('The passage is saved').waitFor()

    await second.page.getByLabel('Translation of Issue 1').press('Control+Enter')
    await second.page.getByText('Somebody saved this passage meanwhile').waitFor()
    await second.page.getByText('The phone has no network.').waitFor()
    expect(await accessibilityFaults(second.page)).toEqual([])
    expect(await second.page.getByLabel('Translation of Issue 1').inputValue()).toBe('Theirs')
    await second.page.getByRole('button', { name: 'Take their text' }).click()
    expect(await second.page.getByLabel('Translation of Issue 1').inputValue()).toBe(
      'The phone has no network.',
    )
  })

  it('are out of date after a significant edit, and show what changed', async () => {
    const { page, context } = await bench.manager('/articles')
    await original(context)
    const english = await ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    await edit(context, english.id, {
      title: 'Linked by hand',
      issue: 'The phone finds no network.',
      environment: '',
      resolution: 'Open the settings.\n\nRestart the phone.',
      cause: '',
      language: 'en',
    })
    await page.goto(`/app/articles/${english.id}`)
    await page.getByRole('button', { name: 'Link to its original…' }).click()
    await page.getByRole('dialog').getByLabel('Words').fill('réseau')
    await page.getByRole('radio').first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('radio', { name: 'Pas de réseau French' }).first().check()
    await page.getByRole('button', { name: 'Link', exact: true }).click()
    await page.getByRole('link', { name: 'Side by side' }).waitFor()
    const linked = (await ask(context, 'GET', `/articles/${english.id}`)).translation.originalId
    await page.goto(`/app/articles/${linked}/edit`)
    await page.getByRole('checkbox', { name: /^Significant/ }).check()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('textbox', { name: 'Resolution', exact: true }).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' Attendez.')
    await page.getByRole('button', { name: 'Add as a revision' }).click()
    await page.getByText(/^Out of date/).waitFor()

    await page.goto('/app/articles/translations?state=stale')
    await page.getByRole('link', { name: 'Linked by hand' }).click()
    await page.getByText('1 passage to translate').waitFor()
    await page.getByText('Attendez.').waitFor()
    await page.locator('ins').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Edit Resolution 2' }).click()
    await page.getByLabel('Translation of Resolution 2').fill('Restart the phone. Wait.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('All passages are translated').waitFor()
    await page.locator('h1').focus()
    await page.keyboard.press('u')
    await page.getByRole('button', { name: 'Unlink' }).click()
    await page.getByRole('button', { name: 'Link to its original…' }).waitFor()
  })

  it('are proposed by the company’s service when a person asks, and marked until they are saved', async () => {
    const server = createServer((request, response) => {
      let text = ''
      request.on('data', (part) => {
        text += part
      })
      request.on('end', () => {
        const texts = (JSON.parse(text).texts as string[]).map((each) => `Proposed: ${each}`)
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ texts }))
      })
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo
    const service = await startService(bench.address, {
      ENTRAIDE_TRANSLATION_URL: `http://127.0.0.1:${port}/`,
      ENTRAIDE_PRIVATE_HOSTS: '127.0.0.1',
    })
    try {
      const setup = await bench.manager('/articles')
      const article = await original(setup.context)
      const { id } = await ask(setup.context, 'POST', `/articles/${article.id}/translations`, {
        data: { language: 'en' },
      })
      const { page } = await bench.workbench.open(
        service,
        { role: 'knowledge-manager' },
        `/articles/${id}/translation`,
      )
      await page.getByRole('button', { name: 'Propose texts' }).click()
      await page.getByText('The proposals are here').waitFor()
      await page.getByText('4 passages to translate').waitFor()
      expect(await page.getByText('Proposal to check').count()).toBe(4)
      expect(await accessibilityFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Translate Issue 1' }).click()
      const field = page.getByLabel('Translation of Issue 1')
      expect(await field.inputValue()).toBe('Proposed: Le mobile ne trouve pas de réseau.')
      await page.getByText('Proposed by the translation service').waitFor()
      await field.fill('The phone finds no network.')
      await page.keyboard.press('Control+Enter')
      await page.getByText('3 passages to translate').waitFor()
    } finally {
      await service.stop()
      server.close()
    }
  })
})
