import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BUILT_FOLDER } from '../../src/platform/built-files.ts'
import { invitePerson } from '../access/setting.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { type Centre, openCentre } from './centre.ts'

const ALLOWED = 'access-control-allow-origin'
const OTHER = { origin: 'https://shop.example.org', 'sec-fetch-site': 'cross-site' }
const ADDRESS = '/help/en/suggestions?q=guide'

describeEachDatabase('a help centre asked by other sites', (database) => {
  let centre: Centre

  beforeAll(async () => {
    centre = await openCentre(await database())
    await centre.publish([{ title: 'Guide for all' }, { title: 'Guide for staff', audience: 'internal' }])
  })
  afterAll(() => centre.close())

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, centre.url), { redirect: 'manual', ...init })

  it('suggests to any of them what anyone may see, and nothing else', async () => {
    const answer = await ask(ADDRESS, { headers: OTHER })
    expect(answer.headers.get(ALLOWED)).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    expect(answer.headers.get('vary')).toContain('cookie')
    expect(await answer.text()).not.toContain('staff')
    for (const path of ['/help/en', '/help/en/search?q=guide', '/api/search?q=guide'])
      expect([path, (await ask(path, { headers: OTHER })).headers.get(ALLOWED)]).toEqual([path, null])
  })

  it('lets none read what somebody who is signed in is told', async () => {
    const { browser } = await invitePerson(centre, ['agent'])
    const { headers, body } = await browser.call(ADDRESS)
    expect(JSON.stringify(body)).toContain('staff')
    expect(headers.get(ALLOWED)).toBeNull()
  })

  it('takes no other method, and no header that has to be asked for', async () => {
    for (const method of ['OPTIONS', 'POST']) {
      const answer = await ask(ADDRESS, {
        method,
        headers: { ...OTHER, 'access-control-request-method': 'GET' },
      })
      expect([method, answer.status >= 400, answer.headers.get(ALLOWED)]).toEqual([method, true, null])
    }
  })

  it.skipIf(!existsSync(BUILT_FOLDER))(
    'has a small script, kept for an hour or by its version for good',
    async () => {
      const first = await ask('/help/embed.js', { headers: OTHER })
      expect(first.status).toBe(200)
      expect(first.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      expect(first.headers.get('cache-control')).toBe('public, max-age=3600, stale-while-revalidate=86400')
      expect(first.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      expect(first.headers.get(ALLOWED)).toBe('*')
      expect(first.headers.get('set-cookie')).toBeNull()
      const etag = first.headers.get('etag')!
      const again = await ask('/help/embed.js', { headers: { 'if-none-match': etag } })
      expect([again.status, await again.text()]).toEqual([304, ''])
      const version = /"(.+)"/.exec(etag)?.[1]
      const kept = await ask(`/help/embed.js?v=${version}`)
      expect(kept.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect((await ask('/help/embed.js?v=older')).headers.get('cache-control')).not.toContain('immutable')
      const text = await first.text()
      expect(text).not.toMatch(/\b(?:import|export|eval|innerHTML|document\.cookie)\b/)
    },
  )

  it('offers them nothing where people must be signed in', async () => {
    const { browser } = await invitePerson(centre, ['knowledge-manager'])
    const { body, headers } = await browser.call('/api/help-centre/settings')
    const { logo: _, ...settings } = body
    const saved = await browser.call('/api/help-centre/settings', {
      method: 'PUT',
      headers: { 'if-match': headers.get('etag')! },
      body: { ...settings, access: 'signed-in' },
    })
    expect(saved.status).toBe(200)
    const script = await ask('/help/embed.js', { headers: OTHER })
    expect([script.status, script.headers.get(ALLOWED)]).toEqual([404, null])
    const suggested = await ask(ADDRESS, { headers: OTHER })
    expect([suggested.status, suggested.headers.get(ALLOWED)]).toEqual([303, null])
    expect((await browser.call(ADDRESS)).headers.get(ALLOWED)).toBeNull()
  })
})
