import { afterAll, beforeAll, expect, it } from 'vitest'
import { KEY, startDiscourse, USER } from '../community/discourse-answers.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { SERVED } from '../support/prepared.ts'
import { type Service, startService } from '../support/service.ts'
import { accessibilityFaults, administrator, describeInBrowser, type OwnPage } from './support/workbench.ts'

const LIMITS: Readonly<Record<string, number>> = { billing: 30, tv: 120 }
const SMALL = { viewport: { width: 375, height: 760 } }

describeInBrowser('the inbox', (workbench) => {
  describeEachDatabase.rarely('of two agents', (database) => {
    let service: Service
    let discourse: Awaited<ReturnType<typeof startDiscourse>>
    let key: string

    const ask = async (id: string, title: string, tag: string, source = 'forum') => {
      const { body } = await service.call<{ readonly threadId: string }>('/api/threads', {
        key,
        body: {
          source,
          audience: 'internal',
          id,
          title,
          body: `Please help: ${title}.`,
          tags: [tag],
          url: `https://community.example.com/t/${id}`,
          author: { id: 'ana', name: 'Ana', role: 'member' },
        },
      })
      return body.threadId
    }
    const rows = ({ page }: Pick<OwnPage, 'page'>) => page.locator('[data-row] .threads-name a')
    const titles = async (who: OwnPage) => (await rows(who).allTextContents()).map((each) => each.trim())
    const row = ({ page }: Pick<OwnPage, 'page'>, title: string) =>
      page.getByRole('link', { name: title, exact: true })

    beforeAll(async () => {
      discourse = await startDiscourse([301])
      const address = await database([SERVED])
      service = await startService(address, {
        ENTRAIDE_PRIVATE_HOSTS: '127.0.0.1',
        ENTRAIDE_DISCOURSE_ANSWERS: JSON.stringify([
          { source: 'forum', url: discourse.url, user: USER, key: KEY },
        ]),
      })
      key = await administrator(address)
      const { body: current } = await service.call<{ readonly version: number }>('/api/routing/rules', {
        key,
      })
      const saved = await service.call('/api/routing/rules', {
        key,
        method: 'PUT',
        headers: { 'if-match': `"${current.version}"` },
        body: {
          rules: Object.entries(LIMITS).map(([name, slaMinutes]) => ({
            name,
            when: { tag: { is: name } },
            // biome-ignore lint/suspicious/noThenProperty: a property of rules, never a function
            then: { destination: { kind: 'queue', name }, priority: 'normal', slaMinutes },
          })),
          default: { destination: { kind: 'community', name: 'community' }, priority: 'normal' },
        },
      })
      expect(saved.status, JSON.stringify(saved.body)).toBe(200)
    })
    afterAll(() => service.stop())
    afterAll(() => discourse.close())

    it('fills by itself, what is due first on top; two agents share it out, and one thread is answered in its community', async () => {
      const ada = await workbench.open(service, { role: 'agent', name: 'Ada' }, '/inbox')
      await ada.page.getByRole('heading', { name: 'Nothing waits for you' }).waitFor()
      expect(await accessibilityFaults(ada.page)).toEqual([])
      await ask('300', 'The picture stands still', 'tv')
      await ask('301', 'An invoice twice', 'billing')
      await ask('302', 'The picture stands still again', 'tv')
      await row(ada, 'The picture stands still again').waitFor()
      expect((await titles(ada))[0]).toBe('An invoice twice')
      await ada.page
        .getByText(/due in \d+ minutes/)
        .first()
        .waitFor()
      expect(await accessibilityFaults(ada.page)).toEqual([])

      // Ada takes the first one by keys; Ben sees it at once, and is told who has it.
      const ben = await workbench.open(service, { role: 'agent', name: 'Ben' }, '/inbox')
      await row(ben, 'An invoice twice').waitFor()
      await ada.page.keyboard.press('j')
      await ada.page.keyboard.press('Enter')
      await ada.page.getByRole('button', { name: 'Transfer' }).waitFor()
      await ada.page.keyboard.press('t')
      await ada.page.getByText('“An invoice twice” is yours').first().waitFor()
      await ben.page
        .getByText(/^Ada \d+$/)
        .first()
        .waitFor()
      await row(ben, 'An invoice twice').click()
      await ben.page.getByRole('button', { name: 'Take over' }).waitFor()
      await ben.page.getByText('has this thread, or is writing an answer').waitFor()
      expect(await accessibilityFaults(ben.page)).toEqual([])

      // She answers; the answer is posted there, and the clock stops.
      await ada.page.getByText('posted in the community of this thread').waitFor()
      await ada.page.getByRole('textbox', { name: 'Answer', exact: true }).click()
      await ada.page.keyboard.type('We take the second invoice back by Friday.')
      await ada.page.keyboard.press('Control+Enter')
      await ada.page.getByText('paused: waiting for the asker').first().waitFor()
      await ada.page.locator('[data-kind="good"]', { hasText: 'posted' }).waitFor()
      expect(discourse.postedIn(301)).toHaveLength(1)
      const after = ['The picture stands still', 'The picture stands still again', 'An invoice twice']
      const asIs = () => titles(ben)
      expect(await eventually(asIs, (shown) => shown.at(-1) === 'An invoice twice')).toEqual(after)

      // Ben transfers one with a note, and takes that back; escalates it, and Ada sees why.
      await row(ben, 'The picture stands still').click()
      await ben.page.getByText('Queue tv').waitFor()
      await ben.page.keyboard.press('v')
      await ben.page.getByLabel('Note for whoever takes it (optional)').fill('About the bill.')
      expect(await accessibilityFaults(ben.page)).toEqual([])
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Transfer' }).click()
      await ben.page.getByText('Transferred from tv to billing').waitFor()
      await ben.page.getByText('It stays here because a colleague transferred it.').waitFor()
      await ben.page.getByRole('button', { name: 'Undo' }).first().click()
      await ben.page.getByText('Transferred from billing to tv').waitFor()
      await ben.page.keyboard.press('s')
      await ben.page.getByLabel('Why', { exact: true }).fill('The press has called.')
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Escalate' }).click()
      await ben.page.getByText('The press has called.').first().waitFor()
      await ada.page.getByRole('button', { name: 'Escalated 1' }).click()
      await row(ada, 'The picture stands still').click()
      await ada.page.getByText('The press has called.').first().waitFor()

      // The duplicate is merged and leaves.
      await ben.page.goto('/app/inbox?queue=tv')
      await row(ben, 'The picture stands still again').click()
      await ben.page.getByRole('button', { name: 'Merge as a duplicate' }).click()
      const dialog = ben.page.getByRole('dialog')
      await dialog.getByRole('searchbox').fill('picture stands still')
      await dialog.getByRole('button', { name: 'The picture stands still', exact: false }).first().click()
      await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
      await row(ben, 'The picture stands still again').waitFor({ state: 'detached' })
    })

    it('has an answer copied where no account is configured, on a small screen and in French', async () => {
      await ask('400', 'Le décodeur clignote', 'tv', 'ailleurs')
      const agent = await workbench.open(service, { role: 'agent', name: 'Chloé' }, '/inbox', {
        ...SMALL,
        locale: 'fr-FR',
      })
      await row(agent, 'Le décodeur clignote').click()
      const width = () => agent.page.evaluate(() => document.documentElement.scrollWidth)
      await agent.page.getByText('copiez votre réponse').waitFor()
      expect(await width()).toBe(375)
      expect(await accessibilityFaults(agent.page)).toEqual([])
      await agent.context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await agent.page.getByRole('textbox', { name: 'Réponse', exact: true }).click()
      await agent.page.keyboard.type('Éteignez-le dix secondes.')
      await agent.page.getByRole('button', { name: 'Copier la réponse' }).click()
      await agent.page.getByText('La réponse est copiée.').waitFor()
      const copied = () => agent.page.evaluate(() => navigator.clipboard.readText())
      expect(await eventually(copied, (text) => text !== '')).toBe('Éteignez-le dix secondes.')
      expect(await width()).toBe(375)
    })
  })
})
