import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHttpProposer } from '../../../src/articles/translations/http-proposer.ts'
import { createOutbound } from '../../../src/platform/outbound.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { openTranslations, type Setting } from './setting.ts'

interface Asked {
  readonly authorization?: string
  readonly body: { from: string; to: string; texts: string[] }
}

describeEachDatabase.always('proposals of a translation service', (database) => {
  const asked: Asked[] = []
  let answer: (texts: string[]) => { status?: number; body?: string; hang?: true }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part) => {
      text += part
    })
    request.on('end', () => {
      const body = JSON.parse(text)
      asked.push({ authorization: request.headers.authorization, body })
      const { status = 200, body: sent = '', hang } = answer(body.texts)
      if (!hang) response.writeHead(status, { 'content-type': 'application/json' }).end(sent)
    })
  })
  const outbound = createOutbound({ privateHosts: ['127.0.0.1'] })
  let setting: Setting
  let options: { url: string; token: string }
  const translate = (texts: string[]) => ({
    body: JSON.stringify({ texts: texts.map((each) => `EN ${each}`) }),
  })

  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo
    options = { url: `http://127.0.0.1:${port}/translate`, token: 'secret' }
    setting = await openTranslations(await database(), createHttpProposer(outbound, options))
    answer = translate
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await outbound.close()
  })

  const propose = (id: string, passages?: string[], who = 'ana') =>
    setting.call(who, 'POST', `/articles/${id}/translation/proposals`, { passages })

  it('are asked for by a person, and are no text until a person saves them', async () => {
    const { call, add, begin, show, translate: save } = setting
    const english = await begin(await add())
    asked.length = 0
    await show(english)
    await save(english, 3, 'Mobile')
    expect(asked).toEqual([])
    const passage = (await show(english)).passages[1]!
    const one = await propose(english, [passage.id])
    expect(asked).toEqual([
      {
        authorization: 'Bearer secret',
        body: { from: 'fr', to: 'en', texts: ['Pas d’internet en Espagne.'] },
      },
    ])
    expect(one.body.translation.passages[1]).toMatchObject({
      state: 'open',
      text: '',
      proposal: 'EN Pas d’internet en Espagne.',
    })
    const all = await propose(english)
    expect(asked[1]!.body.texts).toHaveLength(5)
    expect(
      all.body.translation.passages.map(({ proposal }: { proposal?: string }) => proposal !== undefined),
    ).toEqual([true, true, true, false, true, true, true])
    const { content } = (await call('ana', 'GET', `/articles/${english}/draft`)).body
    expect(JSON.stringify(content)).not.toContain('EN ')
    expect((await save(english, 1, 'No internet.')).body).not.toHaveProperty('proposal')
  })

  it('leave out personal data that nobody has waived', async () => {
    const { add, begin, show, call } = setting
    const original = await add({
      issue: 'Écrivez à jeanne@example.org.\n\nOu appelez-nous.',
      environment: '',
    })
    const english = await begin(original)
    asked.length = 0
    const { passages } = await show(english)
    const mine = passages[1]!
    expect(await propose(english, [mine.id])).toMatchObject({
      status: 409,
      body: { code: 'TRANSLATION_PERSONAL_DATA' },
    })
    expect((await propose(english)).body.withheld).toEqual([mine.id])
    expect(JSON.stringify(asked)).not.toContain('jeanne')
    const { findings } = (await call('ana', 'GET', `/articles/${original}/personal-data`)).body
    const waived = await call('ana', 'POST', `/articles/${original}/personal-data`, {
      decisions: findings.map(({ id }: { id: string }) => ({
        finding: id,
        decision: 'waive',
        reason: 'public',
      })),
    })
    expect(waived.status).toBeLessThan(500)
  })

  it('are refused with the reason where the service fails, and change nothing', async () => {
    const { add, begin, show } = setting
    const english = await begin(await add())
    const before = await show(english)
    const failures: [ReturnType<typeof answer>, RegExp][] = [
      [{ status: 500 }, /status 500/],
      [{ body: 'no json' }, /not \{"texts"/],
      [{ body: '{"texts":[1]}' }, /not \{"texts"/],
      [{ body: '{"texts":["one"]}' }, /asked for 7 texts and answered 1/],
      [{ body: JSON.stringify({ texts: ['x'.repeat(1_100_000)] }) }, /longer than 1048576 bytes/],
    ]
    for (const [failing, reason] of failures) {
      answer = () => failing
      expect(await propose(english)).toMatchObject({
        status: 502,
        body: { code: 'TRANSLATION_PROPOSALS_FAILED', detail: expect.stringMatching(reason) },
      })
    }
    answer = () => ({ hang: true })
    const impatient = createHttpProposer(outbound, { ...options, timeoutMs: 50 })
    await expect(impatient.propose({ from: 'fr', to: 'en', texts: ['x'] })).rejects.toMatchObject({
      code: 'TRANSLATION_PROPOSALS_FAILED',
      message: expect.stringContaining('longer than 0.05 s'),
    })
    answer = translate
    expect(await show(english)).toEqual(before)
  })

  it('are not sent by who may not edit, nor where no service is set up', async () => {
    const { world, add, begin } = setting
    const english = await begin(await add())
    asked.length = 0
    expect((await propose(english, undefined, 'reader')).status).toBe(403)
    expect((await propose(english, undefined, 'partner')).status).toBe(404)
    expect(asked).toEqual([])
    const call = await world.app()
    expect((await call('manager', 'POST', `/articles/${english}/translation/proposals`, {})).body.code).toBe(
      'TRANSLATION_PROPOSALS_OFF',
    )
  })
})
