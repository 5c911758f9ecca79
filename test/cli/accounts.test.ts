import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { runCommand, runJson, startCommand } from '../support/service.ts'

interface Issued {
  readonly id: string
  readonly link: string
}

describeEachDatabase('entraide accounts', (database) => {
  it('invites the first administrator, then others, and says who may sign in', async () => {
    const address = await database()
    const first = await runJson<Issued>(address, ['accounts', 'invite'])
    expect(first.link).toMatch(/^http:\/\/127\.0\.0\.1:8080\/app\/welcome#enl_/)
    for (const some of [
      ['--name', 'Camille', '--role', 'agent'],
      ['--email', 'camille@example.com'],
      ['--role', 'agent'],
    ])
      expect(await runCommand(address, ['accounts', 'invite', ...some])).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('INVITATION_INCOMPLETE'),
      })
    const person = ['--name', 'Camille', '--email', 'Camille@example.com', '--role', 'agent', 'supervisor']
    const invited = await runJson<Issued>(address, ['accounts', 'invite', ...person])
    expect(invited).toMatchObject({ email: 'camille@example.com', roles: ['agent', 'supervisor'] })
    const twice = await runCommand(address, ['accounts', 'invite', ...person])
    expect(twice).toMatchObject({ code: 1, stderr: expect.stringContaining('ACCOUNT_EXISTS') })
    const { accounts } = await runJson<{ accounts: object[] }>(address, ['accounts', 'list'])
    expect(accounts).toMatchObject([{ id: invited.id, status: 'invited' }])
    const reset = await runJson<Issued>(address, ['accounts', 'reset', 'camille@example.com'])
    expect(reset).toMatchObject({ id: invited.id, link: expect.stringContaining('#enl_') })
    expect(await runJson(address, ['accounts', 'disable', invited.id])).toEqual({ disabled: invited.id })
    const refused = await runCommand(address, ['accounts', 'reset', invited.id])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('ACCOUNT_DISABLED') })
    expect(await runJson(address, ['accounts', 'enable', 'camille@example.com'])).toEqual({
      enabled: invited.id,
    })
    const nobody = await runCommand(address, ['accounts', 'disable', 'nobody@example.com'])
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('ACCOUNT_NOT_FOUND') })
  })

  it('is not needed for the first: serve prints the link', async () => {
    const address = await database()
    const serving = startCommand(address, ['serve'], { PORT: '0' })
    const { url, token } = await new Promise<{ url: string; token: string }>((resolve, reject) => {
      let output = ''
      serving.stdout?.on('data', (chunk) => {
        output += chunk
        const [, url, token] = /become one: (http:\/\/\S+)\/app\/welcome#(\S+)/.exec(output) ?? []
        if (url !== undefined && token !== undefined) resolve({ url, token })
      })
      serving.ended.then(({ stderr }) => reject(new Error(stderr)))
    })
    const accept = (body: object) =>
      fetch(`${url}/api/invitations/accept`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, password: 'correct horse battery', ...body }),
      })
    expect((await accept({ name: 'Ada', email: 'ada@example.com' })).status).toBe(200)
    serving.kill('SIGTERM')
    expect((await serving.ended).code).toBe(0)
    const again = await runCommand(address, ['accounts', 'invite'])
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('ADMINISTRATOR_EXISTS') })
    const disabled = await runCommand(address, ['accounts', 'disable', 'ada@example.com'])
    expect(disabled).toMatchObject({ code: 1, stderr: expect.stringContaining('LAST_ADMINISTRATOR') })
  })
})
