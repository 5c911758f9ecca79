import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { openMerge } from './setting.ts'

const codeOf = ({ body }: { readonly body: { readonly code?: string } }) => body.code

describeEachDatabase.always('merging an article into another', (database) => {
  it('says once what both say, and keeps the posts, threads, uses, feedback, reports and credits of both', async () => {
    const { world, call, forum, stays, goes, read, merge } = await openMerge(await database())
    const use = (id: string, reference: string) =>
      call('agent', 'POST', `/articles/${id}/uses`, { kind: 'case', reference })
    for (const reference of ['1', '2']) await use(stays, reference)
    for (const reference of ['2', '3']) await use(goes, reference)
    await call(undefined, 'POST', `/articles/${goes}/feedback`, {
      solved: false,
      comment: 'It did not help.',
    })
    const before = { stays: await read(stays), goes: await read(goes) }
    const { preview, merged } = await merge(goes, stays)
    expect(preview.body).toMatchObject({
      merged: { id: goes },
      into: { id: stays },
      moves: { threads: 1, uses: 1, feedback: 1, reports: 1 },
      refusals: [],
      isMerged: false,
    })
    const becomes = preview.body.passages
      .filter(({ section }: { section: string }) => section === 'resolution')
      .map((each: { becomes: string }) => each.becomes)
    expect(becomes).toEqual(['joined', 'added'])
    expect(merged).toMatchObject({
      status: 200,
      body: {
        confidence: 'archived',
        mergedInto: { id: stays, reason: 'The same question.', by: { name: 'manager' } },
      },
    })

    const after = await read(stays)
    expect(after.title).toBe(before.stays.title)
    expect(after.resolution).toBe(
      'Switch data roaming on in the settings of your phone.\n\nThen restart the phone and wait a minute.\n\nOld contracts need the travel option, which costs nothing.',
    )
    expect(after.resolution).toBe(
      preview.body.sections.find(({ section }: { section: string }) => section === 'resolution').result,
    )
    expect(after).toMatchObject({
      confidence: 'validated',
      audience: 'public',
      threadIds: [forum('stays'), forum('goes')],
      uses: { total: 3 },
      feedback: { solved: 0, unsolved: 1 },
    })
    const posts = (of: { citations: { postId: string }[] }) =>
      new Set(of.citations.map(({ postId }) => postId))
    expect(posts(after)).toEqual(posts({ citations: [...before.stays.citations, ...before.goes.citations] }))
    const passages = (await call('manager', 'GET', `/articles/${stays}/passages`)).body.items
    const shared = passages.find(({ text }: { text: string }) => text.startsWith('Switch data roaming'))
    expect(shared.citations).toHaveLength(2)
    expect((await call('agent', 'GET', '/articles/reports')).body.items).toMatchObject([
      { article: { id: stays } },
    ])
    expect((await call('manager', 'POST', `/threads/${forum('goes')}/promote`)).body.id).toBe(stays)
    expect((await call(undefined, 'GET', '/search?q=travel+option&kind=article')).body.items).toMatchObject([
      { id: stays },
    ])
    expect((await world.audit.list({ target: goes, limit: 1 })).items).toMatchObject([
      { action: 'article.merged', after: { into: stays, reason: 'The same question.' } },
    ])
    const again = await merge(goes, stays)
    expect([again.merged.status, (await read(stays)).revision]).toEqual([200, after.revision])
    const revived = await call('manager', 'PUT', `/articles/${goes}/state`, { confidence: 'validated' })
    expect(revived).toMatchObject({ status: 409, body: { code: 'ARTICLE_MERGED' } })
  })

  it('is undone whole, and keeps what somebody wrote since', async () => {
    const { call, stays, goes, read, merge, unmerge, follow } = await openMerge(await database())
    await call('agent', 'POST', `/articles/${goes}/uses`, { kind: 'case', reference: '1' })
    const contentOf = ({
      revision: _,
      updatedAt: __,
      publishedAt: ___,
      ...article
    }: Record<string, unknown>) => article
    const before = [contentOf(await read(stays)), contentOf(await read(goes))]
    const passages = async (id: string) => (await call('manager', 'GET', `/articles/${id}/passages`)).body
    const passagesBefore = [await passages(stays), await passages(goes)]
    await merge(goes, stays)
    expect((await unmerge(goes)).status).toBe(200)
    expect([contentOf(await read(stays)), contentOf(await read(goes))]).toEqual(before)
    expect([await passages(stays), await passages(goes)]).toEqual(passagesBefore)
    expect(codeOf(await unmerge(goes))).toBe('ARTICLE_NOT_MERGED')
    const found = await call(undefined, 'GET', '/search?q=travel+option&kind=article')
    expect(found.body.items).toMatchObject([{ id: goes }])
    expect((await follow((await read(goes)).slug)).body).toMatchObject({ article: { id: goes } })

    await merge(goes, stays)
    const merged = await read(stays)
    const edit = { title: 'Roaming abroad' }
    await call('manager', 'PATCH', `/articles/${stays}`, edit, { 'if-match': `"${merged.revision}"` })
    await unmerge(goes)
    expect(await read(stays)).toMatchObject({ ...edit, resolution: merged.resolution, uses: { total: 0 } })
    expect(await read(goes)).toMatchObject({ confidence: 'validated', uses: { total: 1 } })
  })

  it('leaves out the passages that somebody left out', async () => {
    const { stays, goes, read, merge } = await openMerge(await database())
    const { preview } = await merge(goes, goes)
    expect(codeOf(preview)).toBe('ARTICLE_MERGE_ITSELF')
    const unknown = await merge(goes, stays, { leave: ['psg_none'] })
    expect(codeOf(unknown.merged)).toBe('PASSAGE_NOT_FOUND')
    const passages: { id: string; text: string }[] = unknown.preview.body.passages
    const leave = passages.filter(({ text }) => text.startsWith('Old contracts')).map(({ id }) => id)
    await merge(goes, stays, { leave })
    expect((await read(stays)).resolution).not.toContain('Old contracts')
  })

  it('refuses to leave translations without their original', async () => {
    const { call, stays, goes, merge } = await openMerge(await database())
    const { status, body } = await call('manager', 'POST', `/articles/${goes}/translations`, {
      language: 'fr',
    })
    expect(status).toBe(201)
    expect(codeOf((await merge(goes, stays)).merged)).toBe('ARTICLE_MERGE_TRANSLATED')
    expect((await merge(stays, goes)).merged.status).toBe(200)
    expect(codeOf((await merge(body.id, goes)).preview)).toMatch(/LANGUAGES$/)
  })

  it('refuses what is no merge, and a merge of what somebody did not see', async () => {
    const { call, stays, goes, french, secret, read, merge, unmerge } = await openMerge(await database())
    expect(codeOf((await merge(french, stays)).merged)).toBe('ARTICLE_MERGE_LANGUAGES')
    for (const who of ['agent', 'contributor'])
      expect(codeOf((await merge(goes, stays, {}, who)).merged)).toMatch(/^ARTICLE_NEEDS_/)
    expect(codeOf((await merge(secret, stays, {}, 'partner')).preview)).toBe('ARTICLE_NOT_FOUND')
    expect(codeOf((await merge(goes, secret, {}, 'partner')).merged)).toBe('ARTICLE_NOT_FOUND')
    expect((await merge(goes, stays, { reason: ' ' })).merged.status).toBe(400)
    const body = { into: stays, reason: 'The same.' }
    expect((await call('manager', 'POST', `/articles/${goes}/merge`, body)).status).toBe(428)

    const { etag } = await call('manager', 'GET', `/articles/${goes}/merge-preview?into=${stays}`)
    const { revision } = await read(stays)
    await call(
      'manager',
      'PATCH',
      `/articles/${stays}`,
      { cause: 'Off by default.' },
      { 'if-match': `"${revision}"` },
    )
    const stale = await call('manager', 'POST', `/articles/${goes}/merge`, body, { 'if-match': etag! })
    expect(stale).toMatchObject({ status: 412, body: { code: 'ARTICLE_MERGE_STALE' } })

    expect((await merge(goes, stays)).merged.status).toBe(200)
    expect(codeOf((await merge(stays, goes)).merged)).toBe('ARTICLE_MERGE_CYCLE')
    expect(codeOf((await merge(goes, secret)).merged)).toBe('ARTICLE_MERGED')
    expect(codeOf((await merge(secret, goes)).merged)).toBe('ARTICLE_MERGED')
    await merge(stays, secret)
    expect(codeOf((await merge(secret, goes)).merged)).toBe('ARTICLE_MERGE_CYCLE')
    expect(codeOf(await unmerge(goes))).toBe('ARTICLE_MERGED')
    expect((await unmerge(stays)).status).toBe(200)
    expect((await unmerge(goes)).status).toBe(200)
    await call('manager', 'POST', `/articles/${stays}/archive`)
    expect(codeOf((await merge(goes, stays)).merged)).toBe('ARTICLE_ARCHIVED')
  })

  it('shows text to more people only once somebody confirmed it, and a sensitive thread to nobody more', async () => {
    const { world, call, desk, stays, secret, goes, read, merge } = await openMerge(await database())
    const { preview, merged } = await merge(secret, stays)
    expect(preview.body.refusals).toMatchObject([
      { code: 'ARTICLE_MERGE_WIDER', confirm: 'confirmWiderAudience' },
    ])
    expect(codeOf(merged)).toBe('ARTICLE_MERGE_WIDER')
    expect((await call(undefined, 'GET', `/articles/${stays}`)).body.resolution).not.toContain('4711')
    expect(await world.db.sql('article_merges')).toEqual([])
    expect((await merge(secret, stays, { confirmWiderAudience: true })).merged.status).toBe(200)
    const outside = (await call(undefined, 'GET', `/articles/${stays}`)).body
    expect(outside.resolution).toContain('4711')
    expect(outside.threadIds).not.toContain(desk('secret'))
    expect(outside.citations).toHaveLength((await read(stays)).citations.length - 2)
    expect((await world.audit.list({ target: secret, limit: 1 })).items).toMatchObject([
      { after: { widened: 'public' } },
    ])
    // From the wider into the narrower nothing is shown to anybody new.
    await call('manager', 'DELETE', `/articles/${secret}/merge`)
    expect((await merge(goes, secret)).merged.status).toBe(200)
    expect((await read(secret)).audience).toBe('internal')
    expect((await call(undefined, 'GET', `/articles/${secret}`)).status).toBe(404)
  })

  it('merges once when two people merge at the same time, one into the other each', async () => {
    const { call, stays, goes } = await openMerge(await database())
    const tag = async (id: string, into: string) =>
      (await call('manager', 'GET', `/articles/${id}/merge-preview?into=${into}`)).etag!
    const tags = [await tag(stays, goes), await tag(goes, stays)] as const
    const reason = 'The same.'
    const both = await Promise.all([
      call('manager', 'POST', `/articles/${stays}/merge`, { into: goes, reason }, { 'if-match': tags[0] }),
      call('manager', 'POST', `/articles/${goes}/merge`, { into: stays, reason }, { 'if-match': tags[1] }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})
