import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AUDIENCES } from '../../../src/access/audience.ts'
import { exportSite } from '../../../src/articles/exports/site/export-site.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { openMerge } from './setting.ts'

describeEachDatabase.always('the address of an article', (database) => {
  it('leads to the article after it was renamed, and back, and to the last of several merged ones', async () => {
    const { call, stays, goes, secret, read, merge, unmerge, follow } = await openMerge(await database())
    const rename = async (id: string, title: string) => {
      const { revision } = await read(id)
      await call('manager', 'PATCH', `/articles/${id}`, { title }, { 'if-match': `"${revision}"` })
      return (await read(id)).slug as string
    }
    const first = (await read(goes)).slug as string
    expect(first).toBe(`no-internet-in-portugal--${goes}`)
    const second = await rename(goes, 'Portugal: no data')
    expect((await follow(second)).body).not.toHaveProperty('redirect')
    expect((await follow(first)).body).toMatchObject({
      article: { id: goes },
      redirect: { id: goes, slug: second },
    })
    expect(await rename(goes, 'No internet in Portugal')).toBe(first)
    expect((await follow(first)).body).not.toHaveProperty('redirect')
    expect((await follow(second)).body.redirect).toMatchObject({ slug: first })
    // Another article of the same title has an address of its own.
    expect(await rename(stays, 'Portugal: no data')).not.toBe(second)
    expect((await follow(second)).body.article.id).toBe(goes)

    await merge(goes, stays)
    await merge(stays, secret)
    for (const slug of [first, second])
      expect((await follow(slug, 'manager')).body).toMatchObject({
        redirect: { id: secret, slug: (await read(secret)).slug },
      })
    // The last one is for the company alone: nobody else learns that there is one.
    const unknown = await follow(`nothing--${goes}`)
    const hidden = await follow(first)
    expect([hidden.status, hidden.body.code]).toEqual([unknown.status, unknown.body.code])
    await unmerge(stays)
    expect((await follow(first)).body.redirect).toMatchObject({ id: stays })
  })

  it('leads each reader only to what they may see, by addresses that they may have met', async () => {
    const { call, secret, read, follow } = await openMerge(await database())
    const rename = async (title: string) => {
      const { revision } = await read(secret)
      await call('manager', 'PATCH', `/articles/${secret}`, { title }, { 'if-match': `"${revision}"` })
    }
    const slugs = [(await read(secret)).slug]
    for (const audience of AUDIENCES.slice(1)) {
      await rename(`For ${audience}`)
      const wish = { audience, confirmWiderAudience: true }
      expect((await call('manager', 'POST', `/articles/${secret}/publish`, wish)).body.code).toBeUndefined()
      slugs.push((await read(secret)).slug)
    }
    const found = async (who: string | undefined) => {
      const answers = []
      for (const slug of slugs) answers.push((await follow(slug, who)).status)
      return answers
    }
    expect(await found('manager')).toEqual([200, 200, 200, 200])
    // Staff of a partner work on articles, and see what drafts are called.
    expect(await found('partner')).toEqual([200, 200, 200, 200])
    expect(await found('customer')).toEqual([404, 404, 200, 200])
    expect(await found(undefined)).toEqual([404, 404, 404, 200])
    await call('manager', 'POST', `/articles/${secret}/publish`, { audience: 'partner' })
    expect(await found(undefined)).toEqual([404, 404, 404, 404])
    expect(await found('customer')).toEqual([404, 404, 404, 404])
  })

  it('has a page in an exported help centre that leads on, for those alone who may have met it', async () => {
    const { world, call, stays, goes, secret, read, merge } = await openMerge(await database())
    const drafted = (await read(stays)).slug
    const met = (await read(goes)).slug
    const { revision } = await read(stays)
    await call('manager', 'PATCH', `/articles/${stays}`, { title: 'Abroad' }, { 'if-match': `"${revision}"` })
    const hidden = (await read(secret)).slug
    await merge(goes, stays)
    await merge(secret, stays, { confirmWiderAudience: true })
    const path = join(world.address.home, 'site')
    expect(await exportSite(world, { path, audience: 'public', language: 'en' })).toMatchObject({
      articles: 1,
    })
    for (const slug of [drafted, met])
      expect(readFileSync(join(path, 'en', `${slug}.html`), 'utf8')).toContain(
        `content="0; url=../en/abroad--${stays}.html"`,
      )
    expect(readdirSync(join(path, 'en'))).not.toContain(`${hidden}.html`)
  })

  it('is forgotten where the title held personal data', async () => {
    const { call, stays, read, follow } = await openMerge(await database())
    const { revision, slug } = await read(stays)
    const title = 'Call me on 06 12 34 56 78'
    await call('manager', 'PUT', `/articles/${stays}/state`, {
      confidence: 'validated',
      audience: 'internal',
    })
    await call('manager', 'PATCH', `/articles/${stays}`, { title }, { 'if-match': `"${revision + 1}"` })
    const named = await read(stays)
    const findings = (await call('manager', 'GET', `/articles/${stays}/personal-data`)).body.findings
    const answer = await call(
      'manager',
      'POST',
      `/articles/${stays}/personal-data/decisions`,
      { decisions: findings.map(({ id }: { id: string }) => ({ finding: id, action: 'redact' })) },
      { 'if-match': `"${named.revision}"` },
    )
    expect(answer.status).toBe(200)
    expect((await follow(named.slug, 'manager')).status).toBe(404)
    expect((await follow(slug, 'manager')).status).toBe(404)
  })
})
