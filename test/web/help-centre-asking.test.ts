import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { SERVED } from '../support/prepared.ts'
import { runJson, type Service, startService } from '../support/service.ts'
import { accessibilityFaults, administrator, describeInBrowser } from './support/workbench.ts'

const GUIDE = {
  articles: [
    {
      id: 1,
      locale: 'fr',
      title: 'Redémarrer le décodeur',
      body: '<p>Le décodeur ne répond plus.</p><h2>Solution</h2><p>Appuyez <b>dix secondes</b> sur le bouton du décodeur.</p>',
      section_id: 7,
      draft: false,
    },
  ],
  sections: [{ id: 7, name: 'Télévision' }],
}
const TITLE = 'La télécommande du décodeur clignote en orange'
/** Nobody fills in a form in less. */
const LEAST_MS = 3_200
const NO_SCRIPT = { javaScriptEnabled: false }
const SMALL = { viewport: { width: 320, height: 640 } }

describeInBrowser('asking in the help centre', (workbench) => {
  describeEachDatabase.rarely('of a company that wants questions', (database) => {
    const scratch = mkdtempSync(join(tmpdir(), 'entraide-ask-'))
    let service: Service

    beforeAll(async () => {
      const address = await database([SERVED])
      const guide = join(scratch, 'guide.json')
      writeFileSync(guide, JSON.stringify(GUIDE))
      await runJson(address, ['articles', 'import', '--format', 'zendesk', guide, '--audience', 'public'])
      service = await startService(address)
      const key = await administrator(address)
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const at = new URL('/api/help-centre/settings', service.url)
      const read = await fetch(at, { headers })
      const { logo: _, asking, ...settings } = await read.json()
      const saved = await fetch(at, {
        method: 'PUT',
        headers: { ...headers, 'if-match': read.headers.get('etag')! },
        body: JSON.stringify({ ...settings, asking: { ...asking, open: true } }),
      })
      expect(saved.status).toBe(200)
    })
    afterAll(() => service.stop())
    afterAll(() => rmSync(scratch, { recursive: true, force: true }))

    const heading = (page: Page, name: string) => page.getByRole('heading', { name })
    it('lets a customer without JavaScript ask, an agent answer, and the asker accept: a candidate', async () => {
      const { page: manager } = await workbench.open(
        service,
        { role: 'knowledge-manager' },
        '/settings/help-centre',
      )
      expect(await manager.getByLabel('Customers may ask what no page answers').isChecked()).toBe(true)
      expect(await accessibilityFaults(manager)).toEqual([])
      const { page: customer } = await workbench.openAt(service, '/help/fr/search?q=zzzz', NO_SCRIPT)
      await customer.getByRole('link', { name: 'Poser cette question' }).click()
      await customer.getByLabel('Votre question en quelques mots').fill(TITLE)
      await customer.getByLabel('Précisions').fill('Trois fois, puis plus rien.')
      await customer.getByRole('button', { name: 'Continuer' }).click()
      await heading(customer, 'Vérifiez votre question').waitFor()
      await customer.getByRole('link', { name: 'Redémarrer le décodeur' }).waitFor()
      await customer.waitForTimeout(LEAST_MS)
      await customer.getByRole('button', { name: 'Envoyer la question' }).click()
      await customer.waitForURL(/\/help\/fr\/questions\/ask_/)
      await heading(customer, TITLE).waitFor()
      await heading(customer, 'Et maintenant').waitFor()

      const { page: agent } = await workbench.open(service, { role: 'agent' }, '/threads')
      const listed = await agent.getByRole('link', { name: TITLE }).first().getAttribute('href')
      const [id] = /thr_\w+/.exec(listed ?? '') ?? []
      await agent.goto(`/app/threads/${id}`)
      await heading(agent, 'Answer the customer').waitFor()
      const editor = agent.getByRole('textbox', { name: 'Answer', exact: true })
      await agent.getByText('Redémarrer le décodeur').waitFor()
      await editor.click()
      await agent.keyboard.press('Alt+1')
      await agent.getByText('Appuyez').first().waitFor()
      expect(await accessibilityFaults(agent)).toEqual([])
      const { page: second } = await workbench.open(service, { role: 'agent' }, `/threads/${id}`)
      await second.getByText('is writing an answer').waitFor()
      await agent.keyboard.press('Control+Enter')
      await agent.getByText('The answer was sent.').waitFor()

      await customer.reload()
      await heading(customer, 'Il y a une réponse').waitFor()
      expect(await customer.locator('.answer strong').textContent()).toBe('dix secondes')
      await customer.getByLabel('Que souhaitez-vous ajouter').fill('Et ensuite ?')
      await customer.waitForTimeout(LEAST_MS)
      await customer.getByRole('button', { name: 'Envoyer', exact: true }).click()
      await customer.getByText('Votre ajout a été transmis.').waitFor()
      await customer.getByRole('button', { name: 'Retirer' }).click()
      await customer.getByText('Et ensuite').waitFor({ state: 'detached' })
      await customer.getByRole('button', { name: 'Oui' }).click()
      await heading(customer, 'Votre question a trouvé sa réponse').waitFor()
      await customer.getByRole('button', { name: 'Annuler' }).click()
      await customer.getByRole('button', { name: 'Oui' }).click()
      await heading(customer, 'Votre question a trouvé sa réponse').waitFor()

      await agent.goto('/app/candidates')
      const seen = async () => {
        await agent.reload()
        await agent.getByRole('heading', { level: 1 }).waitFor()
        return agent.getByText(TITLE).count()
      }
      expect(await eventually(seen, (count) => count > 0, 1_000)).toBeGreaterThan(0)
    })

    it('proposes while somebody writes, fits 320 pixels, and holds what looks like spam', async () => {
      const { page } = await workbench.openAt(service, '/help/fr/ask', SMALL)
      const send = page.getByRole('button', { name: 'Envoyer la question' })
      await page.getByLabel('Votre question en quelques mots').pressSequentially('Où est le décodeur')
      await page.getByRole('link', { name: 'Redémarrer le décodeur' }).waitFor()
      await send.waitFor()
      await page.getByLabel('Précisions').fill('http://a.example http://b.example http://c.example')
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
      await page.waitForTimeout(LEAST_MS)
      await send.dblclick()
      await heading(page, 'Votre question est arrivée').waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)

      const { page: agent } = await workbench.open(service, { role: 'agent' }, '/threads', SMALL)
      await agent.getByRole('link', { name: '1 held question' }).click()
      await agent.getByText('many links').waitFor()
      expect(await accessibilityFaults(agent)).toEqual([])
      expect(await agent.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
      await agent.getByRole('button', { name: 'Reject' }).click()
      await agent.getByText('No question is held').waitFor()
      await page.reload()
      await page.getByText('Nous ne donnons pas suite à cette question.').waitFor()
      await agent.getByRole('button', { name: 'Release after all' }).click()
      const standing = async () => {
        await page.reload()
        return page.getByRole('heading', { name: 'Et maintenant' }).count()
      }
      expect(await eventually(standing, (count) => count > 0)).toBe(1)
    })
  })
})
