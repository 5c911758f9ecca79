import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { QUESTIONS } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { type Service, startService } from '../support/service.ts'
import { describeInBrowser } from './support/workbench.ts'

interface Rules {
  readonly version: number
  readonly rules: readonly { readonly name: string }[]
}

const DESK = { destination: { kind: 'queue', name: 'desk' }, priority: 'normal' }
const FIRST = [
  // biome-ignore lint/suspicious/noThenProperty: a property of rules, never awaited
  { name: 'old', when: { resolved: true }, then: DESK },
  // biome-ignore lint/suspicious/noThenProperty: a property of rules, never awaited
  { name: 'answered', when: { answered: true }, then: DESK },
]

describeInBrowser('routing in the browser', (workbench) => {
  describeEachDatabase.rarely('of questions', (database) => {
    let address: TestDatabase
    let service: Service
    let key: string

    beforeAll(async () => {
      address = await database([...QUESTIONS, SERVED])
      key = (await keyOf(address, 'supervisor')).token
      service = await startService(address)
    })
    afterAll(async () => {
      expect(await service.stop()).toBe(0)
    })
    beforeEach(() => save(FIRST))

    const rules = async () => (await service.call<Rules>('/api/routing/rules', { key })).body

    /** What another supervisor saves. */
    async function save(list: readonly object[]) {
      const put = async () => {
        const { version } = await rules()
        const body = { rules: list, default: DESK }
        const headers = { 'if-match': `"${version}"` }
        return (await service.call('/api/routing/rules', { key, method: 'PUT', body, headers })).status
      }
      // A process whose machine has other work may call itself overloaded.
      expect(await eventually(put, (status) => status !== 503)).toBe(200)
    }

    const supervisor = () => workbench.open(service, { role: 'supervisor' }, '/routing')

    /** Adds, by the form, a rule that sends threads with a word to a queue. */
    async function addRule(page: Page, name: string, queue: string) {
      await page.getByRole('button', { name: 'Add a rule' }).click()
      const form = page.getByRole('dialog', { name: 'Rule' })
      await form.getByLabel('Name').first().fill(name)
      await form.getByRole('button', { name: 'Add a condition' }).click()
      await form.getByLabel('Property').selectOption('words')
      await form.getByLabel('Any of these words').fill('contract, contrat')
      await form.getByLabel('Goes to').selectOption('queue')
      await form.getByLabel('Name').last().fill(queue)
      await form.getByLabel('Priority').or(form.getByLabel('priority')).first().selectOption('high')
      await form.getByText(/contains “contract”.+“contrat”.+queue/).waitFor()
      await form.getByRole('button', { name: 'Apply to the rules' }).click()
    }

    const names = (page: Page) => page.locator('.rule h2').allInnerTexts()

    it('let a supervisor add a rule, move it up, try it and save it', async () => {
      const { page } = await supervisor()
      await page
        .getByText(/^Decides/)
        .first()
        .waitFor()
      await addRule(page, 'contracts', 'contracts desk')
      await page.getByText('Not in force yet').waitFor()
      expect(await names(page)).toEqual(['1. old', '2. answered', '3. contracts'])
      await page.getByRole('button', { name: 'Move contracts up' }).click()
      await page.getByRole('button', { name: 'Move contracts up' }).click()
      expect(await names(page)).toEqual(['1. contracts', '2. old', '3. answered'])
      expect(await page.getByRole('button', { name: 'Move contracts up' }).isDisabled()).toBe(true)

      await page.getByRole('button', { name: 'Try on stored threads' }).click()
      await page.getByRole('heading', { name: 'What would change' }).waitFor()
      await page.getByText(/^\d+ of [\d,]+ threads would go elsewhere\.$/).waitFor()
      const flow = page.getByRole('table').filter({ hasText: 'From' }).getByRole('row').nth(1)
      expect(await flow.getByRole('cell').allInnerTexts()).toEqual([
        'queue desk',
        'queue contracts desk',
        expect.stringMatching(/^\d+$/),
      ])
      expect((await rules()).rules.map(({ name }) => name)).toEqual(['old', 'answered'])

      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Not in force yet').waitFor({ state: 'detached' })
      expect((await rules()).rules.map(({ name }) => name)).toEqual(['contracts', 'old', 'answered'])
      expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    })

    it('keep the focus on the button that moves a rule', async () => {
      const { page } = await supervisor()
      const down = page.getByRole('button', { name: 'Move old down' })
      await down.focus()
      await page.keyboard.press('Enter')
      await page.getByText('Not in force yet').waitFor()
      expect(await names(page)).toEqual(['1. answered', '2. old'])
      expect(await page.evaluate<string>('document.activeElement.closest(".rule")?.innerText ?? ""')).toMatch(
        /old/,
      )
    })

    it('keep edits through a reload until they are discarded', async () => {
      const { page } = await supervisor()
      await addRule(page, 'contracts', 'contracts desk')
      await page.getByText('Not in force yet').waitFor()
      await page.reload()
      await page.getByText('Not in force yet').waitFor()
      expect(await names(page)).toEqual(['1. old', '2. answered', '3. contracts'])
      await page.getByRole('button', { name: 'Discard the edits' }).click()
      expect(await names(page)).toEqual(['1. old', '2. answered'])
      await page.reload()
      await page.locator('.rule').first().waitFor()
      await page.waitForLoadState('networkidle')
      expect(await names(page)).toEqual(['1. old', '2. answered'])
    })

    it('keep a rule in progress through a reload, and apply it to that rule wherever it stands by then', async () => {
      const { page } = await supervisor()
      await page.getByRole('button', { name: 'Edit answered' }).click()
      const form = page.getByRole('dialog', { name: 'Rule' })
      await form.getByLabel('Property').selectOption('probability')
      const atLeast = form.getByLabel('At least')
      await atLeast.fill('')
      await atLeast.pressSequentially('0.05')
      expect(await atLeast.inputValue()).toBe('0.05')
      await form.getByText(/is at least 5%/).waitFor()
      await save(FIRST.toReversed())
      await page.reload()
      await page.getByText('“answered” was left before it was applied').waitFor()
      await page.getByRole('button', { name: 'Go on with it' }).click()
      expect(await atLeast.inputValue()).toBe('0.05')
      await form.getByRole('button', { name: 'Apply to the rules' }).click()
      expect(await names(page)).toEqual(['1. answered', '2. old'])
      await page.locator('.rule').first().getByText('probability').waitFor()
      expect(await page.getByText('was left before').count()).toBe(0)
    })

    it('keep what is typed in a condition with it when one before it is removed', async () => {
      const { page } = await supervisor()
      await page.getByRole('button', { name: 'Add a rule' }).click()
      const form = page.getByRole('dialog', { name: 'Rule' })
      await form.getByRole('button', { name: 'Add a condition' }).click()
      await form.getByLabel('Property').selectOption('tag')
      await form.getByLabel('Tags').fill('first, ')
      await form.getByLabel('Property').selectOption('all')
      await form.getByRole('button', { name: 'Add a condition' }).click()
      await form.getByLabel('Property').last().selectOption('tag')
      await form.getByLabel('Tags').last().fill('second, ')
      await form.getByRole('button', { name: 'Remove the condition' }).nth(1).click()
      expect(await form.getByLabel('Tags').inputValue()).toBe('second, ')
      await form.getByText(/the tags include second/).waitFor()
    })

    it('keep the edits where somebody else saved meanwhile, and offer both ways on', async () => {
      const { page } = await supervisor()
      await addRule(page, 'mine', 'contracts desk')
      await save(FIRST.slice(0, 1))
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('alert').first().waitFor()
      expect(await names(page)).toContain('3. mine')
      await page.getByRole('button', { name: 'Keep my edits, to replace it' }).click()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Not in force yet').waitFor({ state: 'detached' })
      expect((await rules()).rules.map(({ name }) => name)).toEqual(['old', 'answered', 'mine'])

      await addRule(page, 'later', 'contracts desk')
      await save(FIRST)
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('button', { name: 'Drop my edits' }).click()
      await page.getByText('Not in force yet').waitFor({ state: 'detached' })
      expect(await names(page)).toEqual(['1. old', '2. answered'])
      expect(await page.getByRole('alert').count()).toBe(0)
    })

    it('show an agent the rules and nothing to change them by', async () => {
      const { page } = await workbench.open(service, { role: 'agent' }, '/routing')
      await page.getByText(/the thread is resolved/).waitFor()
      expect(await page.locator('main').getByRole('button').count()).toBe(0)
      await page.keyboard.press('a')
      expect(await page.getByRole('dialog').count()).toBe(0)
    })
  })
})
