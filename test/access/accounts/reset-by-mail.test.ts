import { afterAll, beforeAll, expect, it } from 'vitest'
import { SEND_RESET_LINK } from '../../../src/access/accounts/request-reset.ts'
import { commandLine } from '../../../src/access/actor.ts'
import { readConfig } from '../../../src/platform/config/config.ts'
import type { Worker } from '../../../src/platform/jobs/job-runner.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { openMailbox } from '../../support/mailbox.ts'
import { invitePerson, startAccessService, type TestService } from '../setting.ts'

describeEachDatabase('/api/password-resets', (database) => {
  let mailbox: Awaited<ReturnType<typeof openMailbox>>
  let service: TestService
  let worker: Worker | undefined
  beforeAll(async () => {
    mailbox = await openMailbox()
    service = await startAccessService(await database(), {
      env: {
        SMTP_URL: mailbox.url,
        ENTRAIDE_MAIL_FROM: 'Entraide <entraide@example.com>',
        ENTRAIDE_PUBLIC_URL: 'https://entraide.example.com',
      },
    })
    worker = service.app.startJobRunner(1)
  })
  afterAll(async () => {
    await worker?.stop()
    await service.close()
    await mailbox.close()
  })

  const ask = (email: string, language = 'en') =>
    service
      .browser()
      .call('/api/password-resets', { body: { email }, headers: { 'accept-language': language } })
  /** Mails that are to be sent, or could not be. */
  const jobsLeft = async () => {
    const jobs = await service.app.platform.db.sql('jobs').where({ type: SEND_RESET_LINK })
    return jobs.length
  }
  const mailsTo = (email: string) => mailbox.received.filter(({ to }) => to.includes(email))

  it('mail a link to who has an account, in their language, and answer the same to everyone', async () => {
    const { email } = await invitePerson(service)
    const known = await ask(email.toUpperCase(), 'fr')
    const unknown = await ask('nobody@example.com', 'fr')
    for (const { status, body } of [known, unknown])
      expect({ status, body }).toEqual({ status: 202, body: null })
    await expect.poll(() => mailsTo(email).length, { timeout: 10_000 }).toBe(1)
    const [mail] = mailsTo(email)
    expect(mail?.from).toBe('entraide@example.com')
    expect(mail?.text).toContain('Choisissez-le ici\u00a0:')
    expect(mail?.text).toContain('24\u00a0heures')
    const token = /https:\/\/entraide\.example\.com\/app\/welcome#(\S+)/.exec(mail!.text)?.[1]
    const accepted = await service
      .browser()
      .call('/api/invitations/accept', { body: { token, password: 'another horse battery' } })
    expect(accepted.status).toBe(200)
    await expect.poll(jobsLeft, { timeout: 10_000 }).toBe(0)
    expect(mailsTo('nobody@example.com')).toEqual([])
  })

  it('invite again whoever never came, and send nothing to who may not come', async () => {
    const invitation = { name: 'Nora', email: 'nora@example.com', roles: ['agent'], audience: 'internal' }
    await service.app.access.inviteAccount({ ...invitation, actor: commandLine })
    const gone = await invitePerson(service)
    await service.app.access.disableAccount({ id: gone.account.id, actor: commandLine })
    for (const email of [gone.email, 'nora@example.com']) expect((await ask(email)).status).toBe(202)
    await expect.poll(() => mailsTo('nora@example.com').length, { timeout: 10_000 }).toBe(1)
    expect(mailsTo('nora@example.com')[0]?.text).toContain('You have been invited')
    await expect.poll(jobsLeft, { timeout: 10_000 }).toBe(0)
    expect(mailsTo(gone.email)).toEqual([])
  })

  it('are limited: five an hour for an address, silently', async () => {
    const { email } = await invitePerson(service)
    for (let i = 0; i < 8; i++) expect((await ask(email)).status).toBe(202)
    await expect.poll(jobsLeft, { timeout: 10_000 }).toBe(0)
    expect(mailsTo(email)).toHaveLength(5)
  })

  it('go to one address, whatever is typed', async () => {
    const { email } = await invitePerson(service)
    const before = mailbox.received.length
    for (const typed of [`${email}, other@example.com`, `${email}\r\nBcc: other@example.com`, `<${email}>`])
      expect((await ask(typed)).status).toBe(202)
    await expect.poll(jobsLeft, { timeout: 10_000 }).toBe(0)
    expect(mailbox.received).toHaveLength(before)
  })
})

describeEachDatabase('without a mail server', (database) => {
  it('a reset is accepted and nothing is sent', async () => {
    const service = await startAccessService(await database())
    const { email } = await invitePerson(service)
    expect((await service.browser().call('/api/password-resets', { body: { email } })).status).toBe(202)
    expect(await service.app.platform.db.sql('jobs').where({ type: SEND_RESET_LINK })).toEqual([])
    await service.close()
  })
})

it('a mail server needs a sender and an address of its own', () => {
  const from = { ENTRAIDE_MAIL_FROM: 'entraide@example.com' }
  const url = { ENTRAIDE_PUBLIC_URL: 'https://entraide.example.com/' }
  const smtp = { SMTP_URL: 'smtp://user:pass@mail.example.com:587' }
  expect(readConfig({ ...smtp, ...from, ...url }).signIn).toMatchObject({
    mail: { smtpUrl: smtp.SMTP_URL, from: 'entraide@example.com' },
    publicUrl: 'https://entraide.example.com',
  })
  for (const env of [
    { ...smtp, ...url },
    { ...smtp, ...from },
  ])
    expect(() => readConfig(env)).toThrow(/is missing, but must be/)
  expect(() => readConfig({ SMTP_URL: 'http://user:secret@mail.example.com' })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('secret') }),
  )
})
