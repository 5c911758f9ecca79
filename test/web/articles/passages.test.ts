import { expect, it } from 'vitest'
import { systemClock } from '../../../src/platform/clock.ts'
import { createOutbox } from '../../../src/platform/jobs/events.ts'
import { eventually } from '../../support/eventually.ts'
import { describeArticles, saved, section } from '../support/articles.ts'
import { accessibilityFaults } from '../support/workbench.ts'

interface PassageAnswer {
  readonly id: string
  readonly section: string
  readonly text: string
  readonly citations: readonly { readonly postId: string; readonly flag?: string }[]
}

describeArticles('the passages of articles in the browser', (bench) => {
  const { manager, ask, read } = bench

  it('of three threads in one draft: a selection goes to the cause, its source is edited, and the change is taken', async () => {
    const { page, context } = await manager('/articles')
    const threadIds = [bench.nextThread(), bench.nextThread(), bench.nextThread()]
    const { id, resolution } = await ask(context, 'POST', '/articles', { data: { threadIds } })
    const passagesOf = async (): Promise<PassageAnswer[]> =>
      (await ask(context, 'GET', `/articles/${id}/passages`)).items

    await page.goto(`/app/articles/${id}/edit`)
    await section(page, 'Resolution').locator('.cm-line').first().click({ clickCount: 3 })
    await page.keyboard.press('Alt+3')
    await page.keyboard.press('Alt+4')
    const [line = ''] = resolution.split('\n')
    await page.keyboard.press('Control+s')
    await saved(page)
    await page.getByRole('button', { name: 'Add as a revision' }).click()
    await page.locator('.passage').first().waitFor()
    expect((await read(context, id)) as unknown as { cause: string }).toMatchObject({
      cause: expect.stringContaining(line),
    })
    const sent = (await passagesOf()).find((each) => each.section === 'cause' && each.text.includes(line))
    expect(sent?.citations).toHaveLength(1)

    const cited = sent!.citations[0]!.postId
    await editAtSource(cited, (body) => body.replace(words(line), `${words(line)} twice`))
    await page.goto(`/app/articles/${id}`)
    await eventually(
      async () => (await passagesOf()).find((each) => each.id === sent!.id)?.citations[0]?.flag,
      (flag) => flag === 'edited',
    )
    await page.reload()
    const flag = page
      .locator('.passage', { hasText: words(line) })
      .locator('.passage-flag')
      .first()
    await flag.waitFor()
    await page.keyboard.press('Alt+ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/was edited after/)
    expect(await flag.locator('ins').allTextContents()).toEqual([expect.stringContaining('twice')])
    expect(await accessibilityFaults(page)).toEqual([])
    await flag.getByRole('button', { name: 'Take the change' }).click()
    await page.locator('.passage-flag').waitFor({ state: 'detached' })
    expect((await read(context, id)) as unknown as { cause: string }).toMatchObject({
      cause: expect.stringContaining(`${words(line)} twice`),
    })
  })

  it('point to their posts, and say where they have none, to those who edit', async () => {
    const { page, context } = await manager('/articles')
    const made = await ask(context, 'POST', `/threads/${bench.nextThread()}/promote`)
    const environment = 'Nobody ever wrote this sentence in any community.'
    await ask(context, 'PATCH', `/articles/${made.id}`, { data: { environment }, ifMatch: '"1"' })
    await page.goto(`/app/articles/${made.id}`)
    const unsourced = page.locator('.passage', { hasText: environment })
    await unsourced.getByText('No source').waitFor()
    const sourced = page.locator('.passage', { hasNotText: 'No source' }).last()
    await sourced.hover()
    await page.locator('.articles-post[data-pointed]').waitFor()
    await sourced.getByRole('button').first().press('Enter')
    const opened = page.locator('.articles-post[open]')
    await opened.waitFor()
    expect(await opened.getAttribute('data-pointed')).toBeNull()
    await page.locator('.passage[data-pointed]').first().waitFor()
    const { page: agent } = await bench.workbench.open(
      bench.service,
      { role: 'agent' },
      `/articles/${made.id}`,
    )
    await agent.getByText(environment).waitFor()
    expect(await agent.getByText('No source').count()).toBe(0)
  })

  /** Edits a post as an import does, which the service then hears of. */
  async function editAtSource(id: string, edit: (body: string) => string): Promise<void> {
    const { db } = bench.address
    const outbox = createOutbox(db, systemClock, () => undefined)
    await db.transaction(async () => {
      const { body } = await db.sql('posts').where({ id }).first('body')
      expect(edit(body)).not.toBe(body)
      await db
        .sql('posts')
        .where({ id })
        .update({ body: edit(body) })
      await outbox.append({ type: 'posts.changed', postIds: [id] } as never)
    })
  }
})

/** Some words of a line that its post has too: at its beginning a capital may be the draft's. */
function words(line: string): string {
  return /(?<= )\p{Ll}[\p{Ll} ,]{8,40}(?= )/u.exec(line)?.[0].trim() ?? line
}
