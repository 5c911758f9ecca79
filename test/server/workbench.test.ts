import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { buildTestApp } from './test-app.ts'

describeEachDatabase('the workbench', (database) => {
  const open = async () => (await buildTestApp(await database(), [])).app

  it('is one page at every address below /app, with its scripts and under a policy that lets no other run', async () => {
    const app = await open()
    for (const url of ['/app/', '/app/review', '/app/threads/thr_1?sort=views']) {
      const { statusCode, headers, body } = await app.inject(url)
      expect(statusCode).toBe(200)
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
      expect(headers['cache-control']).toBe('no-cache')
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy).not.toMatch(/unsafe|\*/)
      const inline = [...body.matchAll(/<script\b[^>]*>([^<]*)/g)].map(([, text]) => text)
      expect(inline).toEqual([''])
      expect(body).not.toMatch(/\sstyle=|\son\w+=/)
    }
  })

  it('shows the licences of the libraries within its scripts', async () => {
    const { headers, body } = await (await open()).inject('/app/third-party-licences.txt')
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    for (const library of ['preact', '@codemirror/view', 'd3-scale', 'lucide-static'])
      expect(body).toMatch(new RegExp(`^${library} [\\d.]+ \\(`, 'm'))
    expect(body).toContain('Permission is hereby granted')
  })

  it('serves the scripts that the page names, compressed, for a year', async () => {
    const app = await open()
    const page = (await app.inject('/app/')).body
    const addresses = [...page.matchAll(/(?:src|href)="(\/app\/assets\/[^"]+)"/g)].map(
      ([, address]) => address!,
    )
    expect(addresses.length).toBeGreaterThanOrEqual(2)
    for (const url of addresses) {
      const { statusCode, headers } = await app.inject({ url, headers: { 'accept-encoding': 'br' } })
      expect([url, statusCode]).toEqual([url, 200])
      expect(headers['content-encoding']).toBe('br')
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    }
  })

  it('comes in the language and theme chosen in the browser, or else in the language that it asks for', async () => {
    const app = await open()
    const html = async (headers: Record<string, string>) =>
      /<html ([^>]*)>/.exec((await app.inject({ url: '/app/', headers })).body)?.[1]
    expect(await html({})).toBe('lang="en" data-theme="system"')
    expect(await html({ 'accept-language': 'fr-CA, en;q=0.5' })).toBe('lang="fr" data-theme="system"')
    const cookie = 'entraide_theme=dark; entraide_language=fr'
    expect(await html({ cookie, 'accept-language': 'en' })).toBe('lang="fr" data-theme="dark"')
    expect(await html({ cookie: 'entraide_theme="><script>; entraide_language=xx' })).toBe(
      'lang="en" data-theme="system"',
    )
  })

  it('holds no files but the built ones', async () => {
    const app = await open()
    for (const url of ['/app/assets/../.vite/manifest.json', '/app/assets/%2e%2e/%2e%2e/package.json'])
      expect((await app.inject(url)).body).not.toContain('"file"')
    expect((await app.inject('/app/assets/none.js')).statusCode).toBe(404)
  })
})
