import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Role } from '../../src/access/actor.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { QUESTIONS, TRAIN } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { SERVED } from '../support/prepared.ts'
import { type Service, startService } from '../support/service.ts'
import { accessibilityFaults, describeInBrowser } from './support/workbench.ts'

const AGENTS = ['review', 'inbox', 'threads', 'candidates', 'articles', 'models', 'routing', 'settings']
const EVERYWHERE = [...AGENTS, 'conflicts', 'search', 'watch', 'sources']
const PLACES: readonly (readonly [Role, readonly string[]])[] = [
  ['agent', AGENTS],
  ['knowledge-manager', [...AGENTS, 'conflicts', 'search', 'sources']],
  ['supervisor', [...EVERYWHERE, 'settings/facets/category', 'settings/audit']],
  [
    'admin',
    [
      ...EVERYWHERE,
      ...['facets', 'people', 'keys', 'webhooks', 'jobs', 'audit', 'system'].map((tab) => `settings/${tab}`),
    ],
  ],
]

describeInBrowser('the workbench in the browser', (workbench) => {
  describeEachDatabase.rarely('with labelled questions and a model', (database) => {
    let address: TestDatabase
    let service: Service

    beforeAll(async () => {
      address = await database([...QUESTIONS, SERVED, TRAIN])
      service = await startService(address)
    })
    afterAll(async () => {
      expect(await service.stop()).toBe(0)
    })

    const open = (role: Role, path = '/settings/me') => workbench.open(service, { role }, path)

    it.each(PLACES)('leads %s to their places and no others', async (role, paths) => {
      const { page } = await open(role, '/')
      await page.waitForURL(/\/app\/review/)
      const links = page.getByRole('navigation', { name: 'Places' }).getByRole('link')
      const found = await links.evaluateAll<string[], void, HTMLAnchorElement>((all) =>
        all.map(({ pathname }) => pathname.replace('/app/', '')),
      )
      expect(found.toSorted()).toEqual(paths.filter((path) => !path.includes('/')).toSorted())
      expect(await links.and(page.locator('[aria-current="page"]')).allInnerTexts()).toEqual(['Review'])
    })

    it('says that there is no page at an unknown address, nor at one of another role', async () => {
      const { page } = await open('agent', '/nowhere')
      await page.getByText('There is no such page').waitFor()
      await page.goto('/app/sources')
      await page.getByText('There is no such page').waitFor()
      await page.getByRole('link', { name: 'Threads' }).click()
      await page.waitForURL(/\/app\/threads/)
    })

    it('says why an identity provider refused, nothing else that an address says, and leads on to the page asked for', async () => {
      const { email, password } = await open('agent')
      const to = encodeURIComponent('/app/settings/me')
      const said = async (problem: string, next = to) => {
        const { page } = await workbench.openAnonymously(service, `/sign-in?problem=${problem}&to=${next}`)
        await page.getByLabel('Password').waitFor()
        return { page, alerts: await page.getByRole('alert').allInnerTexts() }
      }
      expect((await said('Call+0900+and+pay')).alerts).toEqual([])
      const { page, alerts } = await said('OIDC_NO_ROLE')
      expect(alerts).toEqual(['None of your groups may use Entraide. Ask an administrator.'])
      const signIn = async (on: Page) => {
        await on.getByLabel('E-mail address').fill(email)
        await on.getByLabel('Password').fill(password)
        await on.getByRole('button', { name: 'Sign in', exact: true }).click()
      }
      await signIn(page)
      await page.waitForURL(/\/app\/settings\/me$/)
      const { page: lured } = await said('OIDC_FAILED', encodeURIComponent('//evil.example/app/'))
      await signIn(lured)
      await lured.waitForURL(/\/app\/review/)
      expect(new URL(lured.url()).origin).toBe(new URL(service.url).origin)
    })

    it('says which event it heard last, and asks for everything again where others were missed', async () => {
      const { page } = await open('agent')
      await page.goto('about:blank')
      const asked: string[] = []
      await page.route('**/api/events*', (route) => {
        asked.push(new URL(route.request().url()).search)
        if (asked.length === 2) return route.fulfill({ status: 503 })
        const body = `retry: 10\n\nid: ${asked.length}\nevent: ready\ndata: {"resumed":false}\n\n`
        return route.fulfill({ contentType: 'text/event-stream', body })
      })
      const sessions = () => page.waitForResponse('**/api/me/sessions')
      await Promise.all([sessions(), page.goto('/app/settings/me')])
      await sessions()
      expect(asked.slice(0, 3)).toEqual(['', '', '?after=1'])
    })

    it('finds a place by some of its letters, and threads by their words', async () => {
      const { page } = await open('agent', '/routing')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog', { name: 'Find a place or a command' })
      await palette.waitFor()
      await page.keyboard.type('stg')
      await palette.getByRole('option', { name: 'Settings', selected: true }).waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/app\/settings\/me/)

      await page.keyboard.press('/')
      await palette.waitFor()
      await page.keyboard.type('internet box')
      await palette.getByText('Search threads for “internet box”').waitFor()
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/app\/threads\?text=internet(\+|%20)box/)
      expect(await palette.count()).toBe(0)
    })

    it('lists the keys of the page, and closes by Escape', async () => {
      const { page } = await open('agent', '/review')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.keyboard.press('?')
      const sheet = page.getByRole('dialog', { name: 'Keys of this page' })
      await sheet.getByRole('heading', { name: 'Anywhere' }).waitFor()
      expect(await sheet.getByRole('row', { name: 'Threads' }).innerText()).toMatch(/g\s*t/)
      expect(await accessibilityFaults(page)).toEqual([])
      await page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
      // Two keys are one command if they follow each other closely, which a busy machine may not manage.
      const goToModels = async () => {
        await page.keyboard.press('g')
        await page.keyboard.press('m')
        return new URL(page.url()).pathname
      }
      expect(await eventually(goToModels, (path) => path.startsWith('/app/models'))).toMatch(/models/)
    })

    it('refuses a wrong password in plain words, and opens the page that was asked for', async () => {
      const { email, password } = await open('agent')
      const { page } = await workbench.openAnonymously(service, '/models')
      await page.getByLabel('E-mail address').fill(email)
      await page.getByLabel('Password', { exact: true }).fill('not this one at all')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page
        .getByRole('alert')
        .getByText(/password/i)
        .waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await page.getByLabel('E-mail address').inputValue()).toBe(email)
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor()
    })

    it('keeps what was typed while a session that ended is begun again, and connects again', async () => {
      const { page, email, password } = await open('supervisor', '/settings/facets/category')
      const description = page.getByLabel('Description')
      await description.fill('What the question is about, as agents see it')
      await page.getByText('Not connected').waitFor({ state: 'detached' })
      expect(
        await page.evaluate<number>("fetch('/api/sign-out', { method: 'POST' }).then((it) => it.status)"),
      ).toBeLessThan(300)

      const again = page.getByRole('dialog', { name: 'Sign in to go on' })
      await page.getByRole('button', { name: 'Save' }).click()
      await again.waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await page.waitForTimeout(100)
      expect(await again.isVisible()).toBe(true)
      await again.getByLabel('E-mail address').fill(email)
      await again.getByLabel('Password').fill(password)
      await page.keyboard.press('Enter')
      await again.waitFor({ state: 'detached' })
      expect(await description.inputValue()).toBe('What the question is about, as agents see it')
      await page.getByText('Not connected').waitFor({ state: 'detached' })
      const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH')
      await page.getByRole('button', { name: 'Save' }).click()
      expect((await saved).status()).toBe(200)
    })

    it('says that the server is away while it is stopped, and goes on when it is back', async () => {
      const { page } = await open('supervisor', '/threads')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByText('Not connected').waitFor({ state: 'detached' })
      const port = new URL(service.url).port
      await service.kill()
      await page.getByText('Not connected').waitFor()
      await page.getByRole('link', { name: 'Models' }).click()
      await page.locator('main').getByText('The server does not answer').waitFor()
      await page.getByRole('button', { name: 'Dark theme' }).click()
      service = await startService(address, { PORT: port })
      await page.getByText('Not connected').waitFor({ state: 'detached' })
      await page
        .getByRole('button', { name: /^(Try again|Reload the page)$/ })
        .first()
        .click()
      await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor()
    })

    const looks = [
      { language: 'en', theme: 'light' },
      { language: 'fr', theme: 'dark' },
    ]

    // Each place in each look as whoever has most there sees it, and as everybody sees it in one look.
    const seen = new Set<string>()
    const visits = PLACES.toReversed().flatMap(([role, paths]) =>
      looks.map((look, at) => ({
        role,
        ...look,
        paths: at === 0 ? paths : paths.filter((path) => !seen.has(path) && seen.add(path)),
      })),
    )
    it.each(visits.filter(({ paths }) => paths.length > 0))(
      'has no accessibility faults, sideways scrolling or motion for $role in $language, $theme',
      async ({ role, paths, language, theme }) => {
        const { page, context } = await workbench.open(service, { role }, '/settings/me', {
          reducedMotion: 'reduce',
        })
        const cookie = (name: string, value: string) => ({ name, value, url: service.url })
        await context.addCookies([cookie('entraide_language', language), cookie('entraide_theme', theme)])
        const faults: string[] = []
        for (const path of paths) {
          await page.setViewportSize({ width: 1440, height: 900 })
          await page.goto(`/app/${path}`)
          await settled(page)
          const note = (found: readonly string[]) => faults.push(...found.map((each) => `${path}: ${each}`))
          note(await accessibilityFaults(page))
          note(await movingElements(page))
          await page.setViewportSize({ width: 320, height: 640 })
          const width = await page.evaluate<number>('document.documentElement.scrollWidth')
          if (width > 320) note([`${width} px wide at 320`])
        }
        expect(faults).toEqual([])
      },
    )
  })
})

/** Waits until a page shows all that it asked for. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForFunction("document.querySelector('main .loading') === null")
}

/** Elements that move although less motion was asked for. */
function movingElements(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(element)
        const isLong = (times: string) => times.split(',').some((each) => Number.parseFloat(each) > 0.01)
        return isLong(transitionDuration) || (animationName !== 'none' && isLong(animationDuration))
      })
      .map(({ tagName, className }) => `${tagName}.${className} moves`),
  )
}
