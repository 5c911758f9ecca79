import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { openArticle, withAccepted, withAnswer } from './setting.ts'

describeEachDatabase('a passage of an article', (database) => {
  it('cites the posts that state it, sentence by sentence', async () => {
    const { passages, post } = await openArticle(await database())
    expect(
      (await passages()).map(({ section, text, citations, unsourced }) => ({
        section,
        text,
        posts: citations.map(({ postId }) => postId),
        unsourced,
      })),
    ).toEqual([
      {
        section: 'issue',
        text: 'My router blinks red since Monday.',
        posts: [post('t-q')],
        unsourced: false,
      },
      {
        section: 'resolution',
        text: '1. Unplug the router for ten minutes.\n2. Plug it in again and wait.',
        posts: [post('t-a0')],
        unsourced: false,
      },
      {
        section: 'resolution',
        text: 'Write down the number on its back.',
        posts: [post('t-a0')],
        unsourced: false,
      },
      {
        section: 'cause',
        text: 'The red light means that the line is down.',
        posts: [post('t-a0')],
        unsourced: false,
      },
    ])
  })

  it('alone is flagged when its own words are edited, with what they were and what they are', async () => {
    const { reimport, flags, passage } = await openArticle(await database())
    await reimport({ t: withAnswer('ten minutes', 'half an hour') })
    expect(await flags()).toEqual({ 'resolution: 1. Unplug': 'edited' })
    const { citations, html } = await passage('1. Unplug')
    expect(html).toContain('<li>Unplug the router')
    expect(citations[0]?.difference).toEqual({
      before: 'Unplug the router for ten minutes. Plug it in again and wait.',
      now: 'Unplug the router for half an hour. Plug it in again and wait.',
      supersededBy: [],
      removes: false,
      inDraft: false,
    })
    await reimport({})
    expect(await flags()).toEqual({})
  })

  it('is not flagged for an edit elsewhere in its post, and is for a later one of its words', async () => {
    const { reimport, flags } = await openArticle(await database())
    const added = withAnswer('Hello Ana!', 'Good evening!')
    await reimport({ t: withAnswer('on its back.', 'on its back. Edit: thanks to all.', added) })
    expect(await flags()).toEqual({})
    await reimport({ t: withAnswer('number', 'serial number', added) })
    expect(await flags()).toEqual({ 'resolution: Write down': 'edited' })
  })

  it('is flagged when another answer is accepted, and sound again when that is taken back', async () => {
    const { reimport, flags, passages, post } = await openArticle(await database())
    await reimport({ t: withAccepted([false, true]) })
    expect(await flags()).toEqual({
      'resolution: 1. Unplug': 'superseded',
      'resolution: Write down': 'superseded',
      'cause: The red': 'superseded',
    })
    const [first] = (await passages()).filter(({ citations }) => citations[0]?.flag !== undefined)
    expect(first?.citations[0]?.difference).toMatchObject({
      now: 'Replace the cable between the wall and the router. It is worn out most of the time.',
      supersededBy: [post('t-a1')],
    })
    await reimport({ t: withAccepted([false, false]) })
    expect(new Set(Object.values(await flags()))).toEqual(new Set(['unaccepted']))
    await reimport({})
    expect(await flags()).toEqual({})
  })

  it('keeps nothing of a deleted post beside its own words', async () => {
    const { remove, flags, world } = await openArticle(await database())
    await remove('t-a0')
    expect(new Set(Object.values(await flags()))).toEqual(new Set(['deleted']))
    const excerpts = await world.db.sql('passage_citations').where({ flag: 'deleted' }).pluck('excerpt')
    expect(new Set(excerpts)).toEqual(new Set(['[]']))
  })

  it('keeps its citation when it is edited, moved and split; a new one has no source', async () => {
    const { edit, passages, reimport, flags } = await openArticle(await database())
    const edited = await edit({
      resolution: 'Write down the number on its back, please.\n\nAsk a colleague of yours for help.',
      cause: 'The red light means that the line is down.\n\n1. Unplug the router for ten minutes.',
    })
    expect(edited.status).toBe(200)
    expect(
      (await passages()).map(({ section, text, unsourced }) => [section, text.slice(0, 12), unsourced]),
    ).toEqual([
      ['issue', 'My router bl', false],
      ['resolution', 'Write down t', false],
      ['resolution', 'Ask a collea', true],
      ['cause', 'The red ligh', false],
      ['cause', '1. Unplug th', false],
    ])
    await reimport({ t: withAnswer('ten minutes', 'half an hour') })
    expect(await flags()).toEqual({ 'cause: 1. Unplug': 'edited' })
  })

  it('that was copied from a thread of the article cites it without further ado', async () => {
    const { edit, passage, post } = await openArticle(await database())
    await edit({ cause: 'Replace the cable between the wall and the router.' })
    const { citations } = await passage('Replace')
    expect(citations.map(({ postId }) => postId)).toEqual([post('t-a1')])
  })

  it('shows neither flag, difference nor source to those who may not see its post', async () => {
    const { world, reimport, flags, passages, id, call, settle } = await openArticle(await database())
    await call('manager', 'POST', `/articles/${id}/publish`, { audience: 'public' })
    await reimport({ t: withAnswer('ten minutes', 'half an hour') })
    expect(await flags('partner')).toEqual({ 'resolution: 1. Unplug': 'edited' })
    await world.db.sql('sources').update({ audience: 'internal' })
    const shown = await passages('partner')
    expect(shown.map(({ citations, unsourced }) => ({ citations, unsourced }))).toEqual(
      shown.map(() => ({ citations: [], unsourced: undefined })),
    )
    expect(JSON.stringify(shown)).not.toContain('half an hour')
    const { text, id: passageId } = shown.find((each) => each.text.startsWith('1.'))!
    for (const how of ['take', 'keep'] as const) {
      const answer = await settle(how, passageId, how === 'keep' ? { reason: 'So be it.' } : {}, 'partner')
      expect(answer).toMatchObject({ status: 200, body: { citations: [], revision: 2 } })
      expect(answer.body.resolution).toContain(text)
    }
    expect(await flags()).toEqual({ 'resolution: 1. Unplug': 'edited' })
  })
})
