import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { openArticle, ROUTER, withAccepted, withAnswer } from './setting.ts'

describeEachDatabase('the change of a cited post', (database) => {
  it('is taken over into the passage by a revision, once', async () => {
    const { reimport, settle, passage, article, flags, world, id } = await openArticle(await database())
    await reimport({ t: withAnswer('ten minutes', 'half an hour') })
    const { id: passageId } = await passage('1. Unplug')
    const taken = await settle('take', passageId)
    expect(taken).toMatchObject({
      status: 200,
      etag: '"2"',
      body: {
        revision: 2,
        resolution:
          '1. Unplug the router for half an hour.\n2. Plug it in again and wait.\n\nWrite down the number on its back.',
      },
    })
    await world.runJobs()
    expect(await flags()).toEqual({})
    expect((await passage('1. Unplug')).id).toBe(passageId)
    const again = await settle('take', passageId)
    expect(again).toMatchObject({ status: 200, body: { revision: 2 } })
    const { items } = await world.audit.list({ target: id, limit: 9 })
    expect(items.filter(({ action }) => action === 'article.change-taken')).toHaveLength(1)
    await reimport({})
    expect(await flags()).toEqual({ 'resolution: 1. Unplug': 'edited' })
    expect((await article()).revision).toBe(2)
  })

  it('is taken over into the draft where there is one, and settled when that is applied', async () => {
    const { reimport, settle, passage, article, flags, call, id, world } = await openArticle(await database())
    await reimport({ t: withAnswer('ten minutes', 'half an hour') })
    const content = (({ title, issue, environment, resolution, cause, language }) => ({
      title,
      issue,
      environment,
      resolution: `Before all else:\n\n${resolution}`,
      cause,
      language,
    }))(await article())
    await call('manager', 'PUT', `/articles/${id}/draft`, { basedOn: 1, content }, { 'if-match': '"0"' })
    const { id: passageId } = await passage('1. Unplug')
    for (const _ of [1, 2]) expect((await settle('take', passageId)).body.revision).toBe(1)
    const draft = await call('manager', 'GET', `/articles/${id}/draft`)
    expect(draft.body).toMatchObject({ version: 2 })
    expect(draft.body.content.resolution).toContain(
      'Before all else:\n\n1. Unplug the router for half an hour.',
    )
    expect((await passage('1. Unplug')).citations[0]).toMatchObject({
      flag: 'edited',
      difference: { inDraft: true },
    })
    await call('manager', 'POST', `/articles/${id}/draft/apply`, {}, { 'if-match': '"2"' })
    await world.runJobs()
    expect(await flags()).toEqual({})
  })

  it('takes a passage away whose post is gone', async () => {
    const { remove, settle, passage, article, flags } = await openArticle(await database())
    await remove('t-a0')
    const { id, citations } = await passage('Write down')
    expect(citations[0]?.difference).toMatchObject({ now: '', removes: true })
    expect((await settle('take', id)).status).toBe(200)
    expect((await article()).resolution).toBe(
      '1. Unplug the router for ten minutes.\n2. Plug it in again and wait.',
    )
    expect(await flags()).toEqual({ 'resolution: 1. Unplug': 'deleted', 'cause: The red': 'deleted' })
  })

  it('puts the answer in place that was accepted since, and cites it', async () => {
    const { reimport, settle, passage, article, flags, passages, post, world } = await openArticle(
      await database(),
    )
    await reimport({ t: withAccepted([false, true]) })
    await settle('take', (await passage('1. Unplug')).id)
    await world.runJobs()
    expect(await article()).toMatchObject({
      resolution: 'Replace the cable between the wall and the router. It is worn out most of the time.',
      cause: '',
    })
    expect(await flags()).toEqual({})
    const cited = (await passages()).map(({ section, citations }) => [
      section,
      citations.map(({ postId }) => postId),
    ])
    expect(cited).toEqual([
      ['issue', [post('t-q')]],
      ['resolution', [post('t-a1')]],
    ])
    expect((await article()).authors.map(({ name }: { name: string }) => name)).toContain('Helper 1')
  })

  it('puts an answer behind that was accepted beside the first', async () => {
    const { reimport, settle, passage, article, flags, world } = await openArticle(await database())
    await reimport({ t: withAccepted([true, true]) })
    await settle('take', (await passage('1. Unplug')).id)
    await world.runJobs()
    expect((await article()).resolution).toMatch(
      /^1\. Unplug[\s\S]+on its back\.\n\n---\n\nReplace the cable[\s\S]+ time\.$/,
    )
    expect(await flags()).toEqual({})
  })

  it('is let be with a reason, until the post changes again', async () => {
    const { reimport, settle, passage, article, flags, world, id } = await openArticle(await database())
    const half = withAnswer('ten minutes', 'half an hour')
    await reimport({ t: half })
    const { id: passageId } = await passage('1. Unplug')
    expect((await settle('keep', passageId, { reason: ' ' })).status).toBe(400)
    for (const _ of [1, 2])
      expect(await settle('keep', passageId, { reason: 'Ten are enough.' })).toMatchObject({
        status: 200,
        body: { revision: 1 },
      })
    await world.runJobs()
    expect(await flags()).toEqual({})
    const { items } = await world.audit.list({ target: id, limit: 9 })
    const kept = items.filter(({ action }) => action === 'article.passage-kept')
    expect(kept).toMatchObject([
      { before: { passage: passageId, flag: 'edited' }, after: { reason: 'Ten are enough.' } },
    ])
    await reimport({ t: withAnswer('number', 'serial number', half) })
    expect(await flags()).toEqual({ 'resolution: Write down': 'edited' })
    await reimport({ t: withAnswer('half an hour', 'an hour', half) })
    expect(await flags()).toEqual({ 'resolution: 1. Unplug': 'edited' })
    expect((await article()).revision).toBe(1)
  })

  it('is let be for all passages where it concerns the post as a whole', async () => {
    const { reimport, settle, passage, flags, world } = await openArticle(await database())
    await reimport({ t: withAccepted([false, true]) })
    await settle('keep', (await passage('1. Unplug')).id, { reason: 'Both work.' })
    await world.runJobs()
    expect(await flags()).toEqual({})
  })

  it('changes the names of an environment alone that the post no longer names', async () => {
    const asked = (question: string) => ({
      t: { question, answers: [{ body: 'Restart it.', accepted: true }] },
    })
    const opened = await openArticle(await database(), asked('My Box 4 and my Brumabox 6 blink.'))
    const { reimport, settle, passage, article, flags, world } = opened
    expect((await article()).environment).toBe('- Box 4\n- Brumabox 6')
    await reimport(asked('My Box 5 and my Brumabox 6 blink.'))
    expect(await flags()).toMatchObject({ 'environment: - Box': 'edited' })
    await settle('take', (await passage('- Box 4')).id)
    await world.runJobs()
    expect((await article()).environment).toBe('- Brumabox 6\n- Box 5')
    expect(Object.keys(await flags())).toEqual(['issue: My Box'])
  })

  it('cannot be taken where no passage says the same, and can be let be', async () => {
    const asked = (question: string) => ({ t: ROUTER, u: { title: 'Blinking', question } })
    const { reimport, settle, passages, flags, world } = await openArticle(
      await database(),
      asked('It blinks.'),
    )
    const whole = (await passages()).find(({ text }) => text === '')!
    expect(whole).toMatchObject({ section: 'issue', html: '', citations: [{ author: 'Ana' }] })
    await reimport(asked('It blinks a lot.'))
    expect(await flags()).toEqual({ 'issue: ': 'edited' })
    expect(await settle('take', whole.id)).toMatchObject({
      status: 409,
      body: { code: 'PASSAGE_WITHOUT_TEXT' },
    })
    expect((await settle('keep', whole.id, { reason: 'Nothing new.' })).status).toBe(200)
    await world.runJobs()
    expect(await flags()).toEqual({})
  })

  it('is refused where the article has changed, or has no such passage', async () => {
    const { reimport, passage, call, id, settle } = await openArticle(await database())
    await reimport({ t: withAnswer('ten minutes', 'half an hour') })
    const path = `/articles/${id}/passages/${(await passage('1. Unplug')).id}/take`
    expect((await call('manager', 'POST', path, {})).status).toBe(428)
    const stale = await call('manager', 'POST', path, {}, { 'if-match': '"7"' })
    expect(stale).toMatchObject({ status: 412, body: { code: 'ARTICLE_CONFLICT' } })
    expect(await settle('take', 'psg_none')).toMatchObject({
      status: 404,
      body: { code: 'PASSAGE_NOT_FOUND' },
    })
  })
})
