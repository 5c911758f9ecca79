import { afterAll, beforeAll, expect, it } from 'vitest'
import { invitePerson, type TestBrowser } from '../access/setting.ts'
import { type Centre, openCentre } from '../help-centre/centre.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { openMailbox } from '../support/mailbox.ts'
import { createAsker, openAsking } from './asker.ts'

const EMAIL = 'somebody.who.asks@example.org'
const PUBLIC_URL = 'https://help.example.com'
const DAY_MS = 86_400_000

describeEachDatabase('mail to who asked', (database) => {
  let mailbox: Awaited<ReturnType<typeof openMailbox>>
  let centre: Centre
  let agent: TestBrowser
  let asker: ReturnType<typeof createAsker>
  const rows = (table: string) => centre.app.platform.db.sql(table)
  const signIn = async () => {
    agent = (await invitePerson(centre, ['agent'])).browser
  }
  const linkIn = (text: string, at = 0) => {
    const links = text.match(/https:\/\/help\.example\.com(\S+)/g) ?? []
    return links[at]!.slice(PUBLIC_URL.length)
  }
  const answer = async (title: string) => {
    const { id } = await rows('threads').where({ title }).first('id')
    const body = { body: 'Here is how.' }
    expect((await agent.call(`/api/threads/${id}/answers`, { method: 'POST', body })).status).toBe(201)
    await centre.runJobs()
    return id as string
  }
  const mails = () => mailbox.received.splice(0)

  beforeAll(async () => {
    mailbox = await openMailbox()
    centre = await openCentre(await database(), {
      SMTP_URL: mailbox.url,
      ENTRAIDE_MAIL_FROM: 'Help <help@example.com>',
      ENTRAIDE_PUBLIC_URL: PUBLIC_URL,
    })
    await signIn()
    await openAsking(centre)
    asker = createAsker(centre, centre.browser(), 'fr')
  })
  afterAll(async () => {
    await centre.close()
    await mailbox.close()
  })

  it('first asks whether the address is theirs, and sends nothing else before it is confirmed', async () => {
    expect(await asker.page('/help/fr/ask')).toContain('Adresse e-mail (facultatif)')
    const wrong = await asker.send({ title: 'Mauvaise adresse', email: 'nobody at home' })
    expect([wrong.status, wrong.body.includes('Ce n’est pas une adresse e-mail.')]).toEqual([400, true])
    const path = await asker.ask({ title: 'Où est ma facture ?', email: EMAIL })
    await centre.runJobs()
    const [confirmation, ...others] = mails()
    expect([confirmation?.to, others]).toEqual([[EMAIL], []])
    expect(confirmation?.text).toContain('Si c’est vous, confirmez l’adresse')
    expect(confirmation?.text).not.toContain('facture')
    await answer('Où est ma facture ?')
    expect(mails()).toEqual([])
    expect(await asker.page(path)).toContain('Confirmez votre adresse par le lien')

    // What opens the links in mails confirms nothing, and whoever has the mail alone does not see the question yet.
    const confirm = linkIn(confirmation!.text)
    expect(await asker.page(confirm)).toContain('Confirmer l’adresse')
    expect(await asker.page(confirm)).not.toContain('facture')
    const stranger = await centre.browser().call(confirm.replace('/mail', ''))
    expect([stranger.status, stranger.headers.get('location')]).toEqual([303, confirm])
    // Nor does the page of the question confirm an address: its asker may have given another’s.
    await centre.submit(centre.browser(), `${path}/mail`, { do: 'confirm' })
    expect(await asker.page(path)).toContain('Confirmez votre adresse par le lien')
    for (let twice = 0; twice < 2; twice += 1)
      expect((await centre.submit(centre.browser(), confirm, { do: 'confirm' })).status).toBe(303)
    expect(await asker.page(confirm.replace('/mail', ''))).toContain('Où est ma facture ?')
  })

  it('tells of an answer in the asker’s language, and stops at one click', async () => {
    await answer('Où est ma facture ?')
    const [told] = mails()
    expect(told?.to).toEqual([EMAIL])
    expect(told?.text).toContain('a reçu une réponse')
    expect(told?.text).not.toContain('Here is how.')
    expect(await asker.page(linkIn(told!.text))).toContain('Here is how.')
    const stop = linkIn(told!.text, 1)
    expect(told?.head.replace(/\r\n\s+/g, ' ')).toContain(`List-Unsubscribe: <${PUBLIC_URL}${stop}>`)
    expect(await asker.page(stop)).toContain('Ne pas envoyer d’e-mail et effacer mon adresse')
    expect(await rows('question_addresses')).toHaveLength(1)
    await centre.submit(centre.browser(), stop, { do: 'stop' })
    expect(await asker.page(stop)).toContain('L’adresse est effacée.')
    expect(await rows('question_addresses')).toHaveLength(0)
    await answer('Où est ma facture ?')
    expect(mails()).toEqual([])
  })

  it('keeps the address in one table alone, and some days only', async () => {
    const path = await asker.ask({ title: 'Encore une question', email: EMAIL })
    await centre.runJobs()
    await centre.submit(centre.browser(), linkIn(mails()[0]!.text), { do: 'confirm' })
    const id = await answer('Encore une question')
    const seen = await Promise.all(
      [
        'threads',
        'posts',
        'members',
        'search_documents',
        'audit_log',
        'asked_questions',
        'jobs',
        'events',
      ].map(rows),
    )
    expect(JSON.stringify(seen)).not.toContain(EMAIL)
    expect(JSON.stringify((await agent.call(`/api/threads/${id}`)).body)).not.toContain(EMAIL)
    await asker.ask({ title: 'Jamais confirmée', email: 'other@example.org' })
    mails()
    const kept = async () =>
      (await rows('question_addresses').orderBy('email')).map(({ email }: { email: string }) => email)
    const days = async (count: number) => {
      for (let day = 0; day < count; day += 1) {
        centre.clock.advance(DAY_MS)
        await centre.runJobs()
      }
    }
    expect(await kept()).toEqual(['other@example.org', EMAIL])
    await days(9)
    expect(await kept()).toEqual([EMAIL])
    await days(75)
    expect(await kept()).toEqual([EMAIL])
    await days(10)
    expect(await kept()).toEqual([])
    expect(await asker.page(path)).toContain('Here is how.')
  })
})
