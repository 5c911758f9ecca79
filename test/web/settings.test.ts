import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Role } from '../../src/access/actor.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { SERVED } from '../support/prepared.ts'
import { type Service, startService } from '../support/service.ts'
import { addFacet } from './support/facets.ts'
import { describeInBrowser } from './support/workbench.ts'

describeInBrowser('settings in the browser', (workbench) => {
  describeEachDatabase.rarely('of a service with one facet of our own', (database) => {
    let address: TestDatabase
    let service: Service

    beforeAll(async () => {
      address = await database([SERVED])
      service = await startService(address)
      await addFacet(service, 'colour')
    })
    afterAll(async () => {
      expect(await service.stop()).toBe(0)
    })

    const open = (role: Role, path: string) => workbench.open(service, { role }, `/settings${path}`)

    it('let an administrator invite a person, who sets a password and works in the role', async () => {
      const { page } = await open('admin', '/people')
      await page.getByRole('button', { name: 'Invite a person' }).click()
      const form = page.getByRole('dialog', { name: 'Invite a person' })
      await form.getByLabel('Name').fill('New colleague')
      await form.getByLabel('E-mail address').fill('colleague@example.org')
      await form.getByLabel('Agent').uncheck()
      await form.getByLabel('Knowledge manager').check()
      await form.getByRole('button', { name: 'Invite a person' }).click()
      const link = await secretIn(page.getByRole('dialog', { name: 'A link to hand over' }))
      await page.getByRole('button', { name: 'I have copied it' }).click()
      const row = page.getByRole('row', { name: /New colleague/ })
      await row.getByText('invited').waitFor()

      const { pathname, hash } = new URL(link)
      const other = await workbench.openAnonymously(service, pathname.replace('/app', '') + hash)
      await other.page.getByLabel('New password').fill('a sentence to remember')
      await other.page.getByRole('button', { name: 'Save and sign in' }).click()
      await other.page.getByRole('link', { name: 'New colleague' }).waitFor()
      await other.page.getByRole('button', { name: 'Sign out' }).click()
      await signIn(other.page, 'colleague@example.org', 'a sentence to remember')
      const places = other.page.getByRole('navigation', { name: 'Places' })
      await places.getByRole('link', { name: 'Conflicts' }).waitFor()
      expect(await places.getByRole('link', { name: 'Watch' }).count()).toBe(0)

      await page.reload()
      await row.getByText('active', { exact: true }).waitFor()
    })

    it('create a key that works, revoke it, and show its history', async () => {
      const { page } = await open('admin', '/keys')
      await page.getByRole('button', { name: 'Create a key' }).click()
      const form = page.getByRole('dialog', { name: 'Create a key' })
      await form.getByLabel('Name').fill('export script')
      await form.getByLabel('Routing engine').uncheck()
      await form.getByLabel('Agent').check()
      await form.getByRole('button', { name: 'Add' }).click()
      const key = await secretIn(form)
      await page.getByRole('button', { name: 'I have copied it' }).click()
      expect((await service.call('/api/threads', { key })).status).toBe(200)

      const row = page.getByRole('row', { name: /export script/ })
      await row.getByRole('button', { name: 'Revoke export script' }).click()
      const question = page.getByRole('dialog', { name: 'Revoke the key “export script' })
      await question.getByText('This cannot be undone.').waitFor()
      expect((await service.call('/api/threads', { key })).status).toBe(200)
      await question.getByRole('button', { name: 'Revoke' }).click()
      await row.getByText('revoked', { exact: true }).waitFor()
      expect((await service.call('/api/threads', { key })).status).toBe(401)

      await row.getByRole('link', { name: 'History' }).click()
      await page.waitForURL(/\/settings\/audit\?target=/)
      const target = new URL(page.url()).searchParams.get('target') ?? ''
      await page.getByText(`Only entries of ${target}`).waitFor()
      await page.getByRole('cell', { name: 'key.revoked' }).waitFor()
      expect(await page.getByRole('cell', { name: /^key\./ }).allInnerTexts()).toEqual([
        'key.revoked',
        'key.created',
      ])
      expect(await page.getByRole('button', { name: target }).count()).toBe(2)
      await page.getByRole('button', { name: 'Show all' }).click()
      await page
        .getByRole('cell', { name: /^account\./ })
        .first()
        .waitFor()
    })

    it('add a webhook and show its secret once', async () => {
      const { page } = await open('admin', '/webhooks')
      await page.getByText('No system is told yet').waitFor()
      await page.getByRole('button', { name: 'Add a webhook' }).click()
      const form = page.getByRole('dialog', { name: 'Add a webhook' })
      await form.getByLabel('Address').fill('https://desk.example.org/hook')
      await form.getByLabel('article.published').check()
      await form.getByRole('button', { name: 'Add' }).click()
      const secret = await secretIn(form)
      expect(secret).toMatch(/^whsec_/)
      await page.getByRole('button', { name: 'I have copied it' }).click()
      await page.getByRole('cell', { name: 'routing.decided, article.published' }).waitFor()
      await page.getByRole('link', { name: 'https://desk.example.org/hook' }).click()
      await page.getByText('Nothing sent yet').waitFor()
      expect(await page.content()).not.toContain(secret)
    })

    it('change the budget of a facet and give it a label', async () => {
      const { page } = await open('supervisor', '/facets')
      await page.getByRole('link', { name: 'colour' }).click()
      await page.getByText('No labels yet').waitFor()
      await page.getByLabel('Risk budget').fill('12.5')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('button', { name: 'Add a label' }).click()
      const form = page.getByRole('dialog', { name: 'Add a label' })
      await form.getByLabel('Name').fill('dark red')
      await form.getByLabel('Description').fill('Wine, brick, blood.')
      await form.getByLabel('Protects threads from a probability of').fill('40')
      await form.getByRole('button', { name: 'Save' }).click()
      const row = page.getByRole('row', { name: /dark red/ })
      await row.getByText('Wine, brick, blood.').waitFor()
      await row.getByText('40%').waitFor()
      await page.reload()
      await row.getByRole('button', { name: 'Edit dark red' }).click()
      const edited = page.getByRole('dialog', { name: 'dark red' })
      expect(await edited.getByLabel('Protects threads from a probability of').inputValue()).toBe('40')
      await edited.getByRole('button', { name: 'Close' }).click()
      expect(await page.getByLabel('Risk budget').inputValue()).toBe('12.5')
    })

    it('say that the name of a facet is taken, and keep it in the form', async () => {
      const { page } = await open('supervisor', '/facets')
      await page.getByRole('button', { name: 'Add a facet' }).click()
      const form = page.getByRole('dialog', { name: 'Add a facet' })
      await form.getByLabel('Name').fill('colour')
      await form.getByRole('button', { name: 'Add' }).click()
      await form.getByRole('alert').waitFor()
      expect(await form.getByLabel('Name').inputValue()).toBe('colour')
    })

    it('keep a person’s language and theme after a reload', async () => {
      const { page, email, password } = await open('agent', '/me')
      await page.getByLabel('Language').selectOption('fr')
      await page.getByLabel('Langue').waitFor()
      await page.getByLabel('Thème', { exact: true }).selectOption('dark')
      const look = () =>
        page.evaluate<string>('document.documentElement.lang + document.documentElement.dataset.theme')
      expect(await look()).toBe('frdark')
      await page.waitForLoadState('networkidle')
      await page.reload()
      await page.getByLabel('Langue').waitFor()
      expect(await look()).toBe('frdark')

      // The same person in another browser, where nothing was chosen.
      const elsewhere = await workbench.openAnonymously(service, '/settings/me')
      await signIn(elsewhere.page, email, password)
      await elsewhere.page.getByLabel('Langue').waitFor()
    })

    it('switch single keys off and on, and give a command another key', async () => {
      const { page } = await open('agent', '/me')
      const singleKeys = page.getByLabel(/^Single keys act/)
      const goTo = async (keys: readonly string[]) => {
        await page.evaluate('document.activeElement?.blur()')
        for (const key of keys) await page.keyboard.press(key)
      }
      const kept = page.waitForResponse((response) => response.request().method() === 'PATCH')
      await singleKeys.uncheck()
      await kept
      await goTo(['g', 't'])
      await page.keyboard.press('?')
      expect(new URL(page.url()).pathname).toBe('/app/settings/me')
      expect(await page.getByRole('dialog').count()).toBe(0)

      await page.reload()
      expect(await singleKeys.isChecked()).toBe(false)
      await singleKeys.check()
      await page.getByLabel('Key of: Threads').fill('g h')
      await page.getByLabel('Key of: Threads').press('Tab')
      await goTo(['g', 't'])
      expect(new URL(page.url()).pathname).toBe('/app/settings/me')
      // Two keys are one command if they follow each other closely, which a busy machine may not manage.
      const press = async () => {
        await goTo(['g', 'h'])
        return new URL(page.url()).pathname
      }
      expect(await eventually(press, (path) => path === '/app/threads')).toBe('/app/threads')
    })

    it('end another session of the same person', async () => {
      const { page, email, password } = await open('agent', '/me')
      const other = await workbench.openAnonymously(service, '/settings/me')
      await signIn(other.page, email, password)
      await other.page.getByRole('heading', { name: 'You' }).waitFor()

      await page.reload()
      const others = page
        .getByRole('region', { name: 'Sessions' })
        .last()
        .getByRole('button', { name: 'End', exact: true })
      await others.click()
      await others.waitFor({ state: 'detached' })
      await page.getByText('this one').waitFor()
      await other.page.getByRole('link', { name: 'Threads' }).click()
      await other.page.getByRole('dialog', { name: 'Sign in to go on' }).waitFor()
    })
  })
})

/** What is shown once, to be copied. */
async function secretIn(dialog: Locator): Promise<string> {
  return dialog.locator('.secret code').innerText()
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
