import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { COMMUNITY } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { SERVED } from '../support/prepared.ts'
import { runJson, type Service, startService } from '../support/service.ts'
import { addFacet } from './support/facets.ts'
import { storedScripts } from './support/stored-scripts.ts'
import { accessibilityFaults, describeInBrowser } from './support/workbench.ts'

const SCRIPTS = storedScripts('window.ranStoredScript=1')
/** A source that the public does not see. */
const HOSTILE = 'hostile'

describeInBrowser('threads in the browser', (workbench) => {
  describeEachDatabase.rarely('with a public and an internal source', (database) => {
    let address: TestDatabase
    let service: Service

    beforeAll(async () => {
      address = await database([...COMMUNITY, SERVED])
      await importScripts()
      service = await startService(address)
      await addFacet(service, 'product', ['bill', 'other', 'repair'])
    })
    afterAll(() => service.stop())

    /** One thread an attempt: in its title, its question, its answer, its tag and its address. */
    async function importScripts(): Promise<void> {
      const folder = mkdtempSync(join(tmpdir(), 'entraide-scripts-'))
      const file = join(folder, 'scripts.ndjson')
      const lines = SCRIPTS.flatMap((script, at) => {
        const [thread, day] = [`s${at}`, new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString()]
        const url = `https://example.org/?q=${encodeURIComponent(script)}#${script.replaceAll(/\s/g, '')}`
        return [
          { type: 'member', id: `m${at}`, name: script.slice(0, 80) },
          { type: 'thread', id: thread, title: script, createdAt: day, tags: [script.slice(0, 40)], url },
          {
            type: 'post',
            kind: 'question',
            format: 'markdown',
            id: `q${at}`,
            threadId: thread,
            authorId: `m${at}`,
            body: script,
            createdAt: day,
          },
          {
            type: 'post',
            kind: 'answer',
            format: 'markdown',
            id: `a${at}`,
            threadId: thread,
            body: script,
            createdAt: day,
          },
        ]
      })
      writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
      await runJson(address, ['import', 'ndjson', file, '--source', HOSTILE, '--audience', 'internal'])
      rmSync(folder, { recursive: true })
    }

    const rows = (page: Page) => page.locator('[data-row]')
    const listed = async (page: Page, path = '') => {
      if (path !== '') await page.goto(`/app/threads${path}`)
      await rows(page).first().waitFor()
      await page.waitForLoadState('networkidle')
    }
    const open = async (
      role: 'agent' | 'knowledge-manager' | 'supervisor',
      path: string,
      audience?: string,
    ) => {
      const opened = await workbench.open(service, { role, audience }, path)
      return opened.page
    }
    const inForce = () =>
      address.db
        .sql('annotations as a')
        .join('labels as l', 'l.id', 'a.label_id')
        .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
        .where('a.provenance', 'agent')
        .whereNull('r.annotation_id')
        .orderBy('a.thread_id')
        .select({ threadId: 'a.thread_id', label: 'l.name' })
    const idOf = (page: Page, place: number) => rows(page).nth(place).getAttribute('data-row')
    const focusedRow = (page: Page) =>
      page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row)
    const total = (page: Page) => page.locator('.threads-total p').innerText()

    it('shows whoever is sent the address of a filtered list what is theirs of it, and no more', async () => {
      const manager = await open('knowledge-manager', '/threads')
      await listed(manager)
      await manager.getByRole('region', { name: 'Status' }).getByRole('button', { name: 'answered' }).click()
      await manager.waitForURL(/status=answered/)
      await eventually(
        () => rows(manager).locator('.threads-status').allInnerTexts(),
        (found) => found.length > 0 && found.every((text) => text.includes('answer')),
      )
      await manager.getByRole('region', { name: 'Source' }).getByRole('button', { name: HOSTILE }).waitFor()
      await manager.keyboard.press('j')
      await manager.keyboard.press('o')
      await manager.waitForURL(/open=thr_/)
      await manager
        .getByRole('complementary', { name: 'Thread' })
        .getByText('Question', { exact: true })
        .waitFor()
      await manager.waitForLoadState('networkidle')
      const shared = new URL(manager.url())
      const all = await total(manager)

      const colleague = await open('agent', shared.pathname.replace('/app', '') + shared.search, 'public')
      await listed(colleague)
      await colleague.getByText('You have no access to this thread').waitFor()
      expect(await colleague.getByRole('region', { name: 'Source' }).innerText()).not.toContain(HOSTILE)
      expect(Number.parseInt(await total(colleague), 10)).toBe(Number.parseInt(all, 10) - SCRIPTS.length)
      expect((await rows(colleague).locator('.threads-source').allInnerTexts()).join()).not.toContain(HOSTILE)
      await colleague.goto(`/app/threads/${shared.searchParams.get('open')}`)
      await colleague.getByText('It does not exist, or is not open to your audience').waitFor()
    })

    it('labels a range of threads by the keyboard alone, and takes it back', async () => {
      const page = await open('agent', '/threads?source=en&facet=product')
      await listed(page)
      const ids = [await idOf(page, 0), await idOf(page, 1), await idOf(page, 2)]
      for (const key of ['j', 'x', 'j', 'j', 'Shift+X', '.']) await page.keyboard.press(key)
      await page.getByRole('combobox', { name: 'Find a label' }).waitFor()
      await page.keyboard.type('repa')
      await page.keyboard.press('Enter')
      await eventually(
        () => rows(page).locator('.threads-label').allInnerTexts(),
        (found) => found.slice(0, 3).every((label) => label === 'repair'),
      )
      const made = await eventually(inForce, (found) => found.length === 3)
      expect(made).toEqual([...ids].sort().map((threadId) => ({ threadId, label: 'repair' })))
      await page.keyboard.press('z')
      expect(await eventually(inForce, (found) => found.length === 0)).toEqual([])
      await eventually(
        () => rows(page).locator('.threads-label').first().innerText(),
        (label) => label !== 'repair',
      )
      expect(await rows(page).locator('.threads-label').first().innerText()).not.toBe('repair')
    })

    it('puts labels back that the server refused, with its reason', async () => {
      const page = await open('agent', '/threads?source=en&facet=product')
      await listed(page)
      await page.route('**/api/annotations', (route) =>
        route.fulfill({ status: 404, json: { code: 'LABEL_NOT_FOUND', detail: 'There is no label bill' } }),
      )
      for (const key of ['j', '.']) await page.keyboard.press(key)
      await page.getByRole('combobox', { name: 'Find a label' }).fill('bill')
      await page.keyboard.press('Enter')
      await page.getByText('There is no label bill').waitFor()
      expect(await rows(page).locator('.threads-label').first().innerText()).not.toBe('bill')
      expect(await page.getByRole('region', { name: 'Last changes' }).count()).toBe(0)
    })

    it('promotes several threads at once, and says what became of each', async () => {
      const page = await open('knowledge-manager', '/threads?status=resolved&source=fr')
      await listed(page)
      for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
      const bulk = page.getByRole('region', { name: 'Chosen threads' })
      await bulk.getByRole('button', { name: 'Promote' }).click()
      await bulk.getByText('2 new drafts.').waitFor()
      await bulk.getByRole('button', { name: 'Promote' }).click()
      await bulk.getByText('2 had been promoted before.').waitFor()
      expect(await address.db.sql('articles')).toHaveLength(2)
    })

    it('merges a thread after a preview, and undoes it', async () => {
      const page = await open('agent', '/threads?source=en&status=resolved')
      await listed(page)
      const [merged, into] = [await idOf(page, 0), await idOf(page, 1)]
      const title = await rows(page).nth(1).getByRole('link').innerText()
      const merges = () => address.db.sql('thread_merges').select('thread_id', 'into_id')
      await page.keyboard.press('j')
      await page.keyboard.press('e')
      await page.waitForURL(`**/threads/${merged}`)
      await page.getByRole('button', { name: 'Merge into' }).click()
      await page.getByLabel('Words of the other thread').fill(title)
      await page.getByRole('dialog').getByRole('button', { name: title }).click()
      await page.getByText('Question, becomes Comment').waitFor()
      await page.waitForURL(new RegExp(`merge=${into}`))
      expect(await merges()).toEqual([])
      await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click()
      const made = await eventually(merges, (found) => found.length === 1)
      expect(made).toEqual([{ thread_id: merged, into_id: into }])
      await page.getByRole('button', { name: 'Undo the merge' }).waitFor()
      await page.keyboard.press('z')
      expect(await eventually(merges, (found) => found.length === 0)).toEqual([])
    })

    it('splits posts off into a thread of their own, and puts them back', async () => {
      const page = await open('agent', '/threads?source=en&status=resolved')
      await listed(page)
      const from = await idOf(page, 0)
      await page.goto(`/app/threads/${from}`)
      await page.getByRole('button', { name: 'Split posts off' }).click()
      await page.getByRole('checkbox').first().check()
      await page.getByLabel('Title of the new thread').fill('Another question')
      await page.getByRole('button', { name: 'Split off', exact: true }).click()
      await page.getByRole('heading', { name: 'Another question', level: 1 }).waitFor()
      await page.getByRole('button', { name: 'Undo the split' }).click()
      await page.waitForURL(`**/threads/${from}`)
      await eventually(
        () => address.db.sql('post_moves'),
        (found) => found.length === 0,
      )
      expect(await address.db.sql('post_moves')).toEqual([])
    })

    it('does nothing on Enter until the labels are there, and then what was meant', async () => {
      const page = await open('agent', '/threads?source=fr')
      await listed(page)
      const id = await idOf(page, 4)
      await page.goto('about:blank')
      let release = (): void => undefined
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      await page.route('**/api/facets/product/labels*', async (route) => {
        await held
        await route.continue()
      })
      await page.goto(`${service.url}/app/threads/${id}?facet=product`)
      await page.getByRole('heading', { name: 'Label history' }).waitFor()
      await page.keyboard.press('.')
      await page.getByRole('combobox', { name: 'Find a label' }).fill('other')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor()
      expect(await inForce()).toEqual([])
      release()
      await page.getByText('product: other').waitFor()
      await page.getByRole('button', { name: 'Take back' }).click()
      await page.getByText(/^Taken back by agent/).waitFor()
      expect(await eventually(inForce, (found) => found.length === 0)).toEqual([])
    })

    it('shows who gave a label, and takes back what one gave oneself', async () => {
      const page = await open('agent', '/threads?source=fr')
      await listed(page)
      await page.goto(`/app/threads/${await idOf(page, 3)}?facet=product`)
      await page.getByRole('heading', { name: 'Label history' }).waitFor()
      await page.keyboard.press('.')
      await page.getByRole('combobox', { name: 'Find a label' }).fill('other')
      await page.keyboard.press('Enter')
      await page.getByText('product: other').waitFor()
      await page.getByRole('button', { name: 'Take back' }).click()
      await page.getByText(/^Taken back by agent/).waitFor()
      expect(await eventually(inForce, (found) => found.length === 0)).toEqual([])
    })

    it('comes back to the place and the row that it was left at', async () => {
      const page = await open('agent', '/threads?source=en')
      await listed(page)
      let left: string | undefined
      for (let times = 0; times < 30; times += 1) {
        const before = left
        await page.keyboard.press('j')
        left = await eventually(
          () => focusedRow(page),
          (id) => id !== undefined && id !== before,
          10,
        )
      }
      const scrolled = await page.evaluate(() => window.scrollY)
      expect(scrolled).toBeGreaterThan(0)
      await page.keyboard.press('e')
      await page.getByRole('heading', { name: 'Label history' }).waitFor()
      await page.keyboard.press('u')
      const back = await eventually(
        () => focusedRow(page),
        (id) => id === left,
      )
      expect(back).toBe(left)
    })

    it('keeps a view that was saved', async () => {
      const page = await open('supervisor', '/threads?status=open&language=fr')
      await listed(page)
      await page.getByRole('button', { name: 'Save this view' }).click()
      await page.getByLabel('Name of the view').fill('French, open')
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: 'French, open' }).waitFor()
      await page.waitForLoadState('networkidle')
      await page.goto('/app/threads')
      await page.getByRole('link', { name: 'French, open' }).click()
      await page.waitForURL(/status=open&language=fr/)
    })

    it('finds by words that are typed after /, and says what to do where nothing fits', async () => {
      const page = await open('agent', '/threads')
      await listed(page)
      await page.keyboard.press('/')
      await page.keyboard.type('zzxqwv')
      await page.waitForURL(/text=zzxqwv/)
      await page.getByText('No thread fits these filters').waitFor()
      await page.getByRole('button', { name: 'Clear the filters' }).first().click()
      await rows(page).first().waitFor()
    })

    it(`runs none of ${SCRIPTS.length} scripts stored in titles, questions, answers, names, tags and addresses`, async () => {
      expect(SCRIPTS.length).toBeGreaterThanOrEqual(100)
      const page = await open('supervisor', `/threads?source=${HOSTILE}`)
      const dialogs: string[] = []
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message())
        void dialog.dismiss()
      })
      await listed(page)
      await page.keyboard.press('j')
      await page.keyboard.press('o')
      const seen = new Set<string>()
      for (let at = 0; at < SCRIPTS.length; at += 1) {
        const id = await eventually(
          () => new URL(page.url()).searchParams.get('open') ?? '',
          (opened) => opened !== '' && !seen.has(opened),
          10,
        )
        seen.add(id)
        await page.locator(`.threads-panel a[href$="/${id}"]`).waitFor()
        await page.locator('.threads-panel .threads-post').first().waitFor()
        await page.keyboard.press('j')
      }
      expect(seen.size).toBe(SCRIPTS.length)
      expect(await page.evaluate(() => 'ranStoredScript' in window)).toBe(false)
      await page.keyboard.press('e')
      await page.getByRole('heading', { name: 'Label history' }).waitFor()
      await page.keyboard.press('.')
      expect(await page.evaluate(() => 'ranStoredScript' in window)).toBe(false)
      expect(dialogs).toEqual([])
    })

    it.each([
      ['en', 'light'],
      ['fr', 'dark'],
    ])('has no accessibility faults in %s, %s', async (language, theme) => {
      const { page, context } = await workbench.open(
        service,
        { role: 'knowledge-manager' },
        '/threads?source=en&status=resolved',
      )
      await listed(page)
      const [id, other] = [await idOf(page, 0), await idOf(page, 1)]
      const cookie = (name: string, value: string) => ({ name, value, url: service.url })
      await context.addCookies([cookie('entraide_language', language), cookie('entraide_theme', theme)])
      await listed(page, '?source=en&createdBefore=2030-01-01')
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.keyboard.press('o')
      await page.locator('.threads-panel .threads-post').first().waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await page.keyboard.press('.')
      await page.getByRole('dialog').waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await page.goto(`/app/threads/${id}?split=1`)
      await page.locator('.threads-split').waitFor()
      await page.waitForLoadState('networkidle')
      expect(await accessibilityFaults(page)).toEqual([])
      await page.setViewportSize({ width: 320, height: 640 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      expect(await accessibilityFaults(page)).toEqual([])
      await page.goto(`/app/threads/${id}?merge=${other}`)
      await page.getByRole('dialog').locator('h3').first().waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await listed(page, `?source=en&open=${id}`)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      expect(await accessibilityFaults(page)).toEqual([])
    })
  })
})
