import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { siteMapParts } from '../../src/help-centre/found/finding-routes.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { type Centre, openCentre } from './centre.ts'

/** The texts of an XML document's elements, by name. @throws where it is not well-formed */
function elementsOf(xml: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const parser = new SaxesParser()
  let text = ''
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', () => {
    text = ''
  })
  parser.on('text', (more) => {
    text += more
  })
  parser.on('closetag', ({ name }) => {
    found.set(name, [...(found.get(name) ?? []), text])
    text = ''
  })
  parser.write(xml).close()
  return found
}

describeEachDatabase('what search engines and feed readers ask for', (database) => {
  let centre: Centre
  const get = async (path: string) => (await centre.browser().call(path)).body as string

  beforeAll(async () => {
    centre = await openCentre(await database())
    await centre.publish([
      { title: 'Fish & <chips>', body: '<p>Salt & vinegar "here".</p>', section: 'Meals' },
      { title: 'Pay a bill', section: 'Bills' },
      { title: 'Payer sa facture', locale: 'fr', section: 'Bills' },
    ])
  })
  afterAll(() => centre.close())

  it('is a site map of every article, which robots are told of', async () => {
    const robots = await get('/robots.txt')
    expect(robots).toContain(`Sitemap: ${centre.url}/sitemap.xml`)
    expect(robots).toContain('Disallow: /help/en/search')
    const places = elementsOf(await get('/sitemap.xml')).get('loc')!
    expect(places.map((place) => place.replace(/art_\w+$/, 'id')).sort()).toEqual([
      `${centre.url}/help/en`,
      `${centre.url}/help/en/articles/fish-chips--id`,
      `${centre.url}/help/en/articles/pay-a-bill--id`,
      `${centre.url}/help/fr`,
      `${centre.url}/help/fr/articles/payer-sa-facture--id`,
    ])
    for (const place of places) expect((await fetch(place, { redirect: 'manual' })).status).toBe(200)
    expect((await fetch(`${centre.url}/help/sitemap-2.xml`)).status).toBe(404)
  })

  it('is a feed of each language and topic', async () => {
    const feed = elementsOf(await get('/help/en/feed.xml'))
    expect(feed.get('title')).toEqual(['Help centre', expect.any(String), expect.any(String)])
    expect(feed.get('title')).toContain('Fish & <chips>')
    expect(feed.get('summary')).toContain('Salt & vinegar "here".')
    const french = elementsOf(await get('/help/fr/feed.xml'))
    expect(french.get('title')).toEqual(['Centre d’aide', 'Payer sa facture'])
    const home = await get('/help/en')
    const topic = /href="(\/help\/en\/categories\/bills--\w+)"/.exec(home)![1]
    expect(elementsOf(await get(`${topic}/feed.xml`)).get('title')).toEqual([
      'Bills · Help centre',
      'Pay a bill',
    ])
    expect((await fetch(`${centre.url}/help/en/categories/none/feed.xml`)).status).toBe(404)
  })

  it('is an index of site maps where there are too many articles for one', async () => {
    expect(siteMapParts(50_000)).toEqual([1])
    expect(siteMapParts(50_001)).toEqual([1, 2, 3])
    expect(elementsOf(await get('/help/sitemap-1.xml')).get('loc')).toHaveLength(3)
  })

  it('names no other host than the one that is configured or asked', async () => {
    const html = await get('/help/en')
    const hosts = [...html.matchAll(/https?:\/\/([^/"]+)/g)].map(([, host]) => host)
    expect(new Set(hosts)).toEqual(new Set([new URL(centre.url).host, 'schema.org']))
  })
})
