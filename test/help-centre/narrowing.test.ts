import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { type Centre, linkTo, openCentre } from './centre.ts'

describeEachDatabase('results of a help centre', (database) => {
  let centre: Centre
  let anonymous: Awaited<ReturnType<Centre['reader']>>
  const page = async (path: string) => (await anonymous.call(path)).body as string
  const search = (q: string, more = '') => page(`/help/en/search?q=${encodeURIComponent(q)}${more}`)
  /** Names and numbers that a page offers to narrow to. */
  const offered = (html: string) => {
    const [, nav = ''] = /<nav class="narrow"[^>]*>([\s\S]*?)<\/nav>/.exec(html) ?? []
    return [...nav.matchAll(/<li><a[^>]*>([\s\S]*?)<\/a>/g)].map(([, inner = '']) =>
      inner.replace(/<span class="unseen">[^<]*<\/span>|<[^>]*>/g, '').trim(),
    )
  }

  beforeAll(async () => {
    centre = await openCentre(await database())
    await centre.publish([
      {
        title: 'Use data abroad',
        body: '<p>Switch the airplane mode off.</p>',
        section: 'Abroad',
        translation: { title: 'Data à l’étranger', body: '<p>Coupez le mode avion.</p>' },
      },
      { title: 'Data is slow', body: '<p>Choose another network.</p>', section: 'Network' },
      { title: 'Data prices', body: '<p>Airplane or not, in any mode.</p>', section: 'Abroad' },
      { title: 'Data for staff', section: 'Secrets', audience: 'internal' },
    ])
    await centre.importThreads('forum', 'public', {
      answered: {
        title: 'Data does not work',
        question: 'No data at all.',
        answers: [{ body: 'Restart the phone.', accepted: true }],
        labels: { category: 'Network' },
      },
      open: { title: 'Data forever?', question: 'Data?', answers: [{ body: 'Perhaps.' }] },
    })
    anonymous = await centre.reader('anonymous')
  })
  afterAll(() => centre.close())

  it('are narrowed by topic, kind and language, each with what it leaves of those that have a page', async () => {
    const all = await search('data')
    expect(all).toContain('4 results')
    expect(offered(all)).toEqual([
      'Abroad 2',
      'Network 2',
      'Articles 3',
      'Answered questions 1',
      'English 4',
      'Français 1',
    ])
    const network = await page(linkTo(all, 'Network 2')!)
    expect(network).toContain('2 results')
    expect(linkTo(network, 'Data is slow')).toBeDefined()
    expect(linkTo(network, 'Use data abroad')).toBeUndefined()
    expect(offered(network)).toEqual(['Abroad 2', 'Network 2 ×', 'Articles 1', 'Answered questions 1'])
    const both = await page(linkTo(network, 'Answered questions 1')!)
    expect(both).toContain('1 result')
    expect(linkTo(both, 'Data does not work')).toBeDefined()
    expect(offered(both)).toEqual(['Network 1 ×', 'Articles 1', 'Answered questions 1 ×'])
  })

  it('are shown whole again by the choice itself, or all at once, for the same search', async () => {
    const both = await search('data', '&topic=Network&kind=thread')
    expect(linkTo(both, 'Network 1 (show the others again) ×')).toBe('/help/en/search?q=data&kind=thread')
    expect(linkTo(both, 'Show all results')).toBe('/help/en/search?q=data')
  })

  it('come in the other language where that is chosen, as many as were promised', async () => {
    const french = await page(linkTo(await search('data'), 'Français 1')!)
    expect(french).toContain('1 result')
    expect(linkTo(french, 'Data à l’étranger')).toBeDefined()
    expect(offered(french)).toEqual(['English 4', 'Français 1 ×'])
  })

  it('say that a choice leaves nothing, and lead back', async () => {
    const none = await search('data', '&topic=Nowhere')
    expect(none).toContain('0 results')
    expect(none).not.toContain('Nowhere<')
    expect(linkTo(none, 'Show all results')).toBe('/help/en/search?q=data')
    for (const wrong of ['kind=secret', 'in=xx', 'after=-1', 'after=9999'])
      expect((await anonymous.call(`/help/en/search?q=data&${wrong}`)).status).toBe(404)
  })

  it('follow operators, and say how they are written', async () => {
    const phrase = await search('"airplane mode"')
    expect(linkTo(phrase, 'Use data abroad')).toBeDefined()
    expect(linkTo(phrase, 'Data prices')).toBeUndefined()
    expect(phrase).toContain('<mark>airplane mode</mark>')
    expect(linkTo(await search('data -network title:slow'), 'Data is slow')).toBeUndefined()
    expect(linkTo(await search('data lang:fr'), 'Data à l’étranger')).toBeDefined()
    expect(offered(await search('data lang:fr'))).toEqual([])
    for (const html of [phrase, await search('zzzz'), await page('/help/fr/search')])
      expect(html).toMatch(
        /<details class="how"><summary>(How to write a search|Comment écrire une recherche)</,
      )
  })

  it('count and name nothing that the reader may not see', async () => {
    const all = await search('data', '&topic=Secrets')
    expect(all).not.toContain('Secrets<')
    const { browser } = { browser: await centre.reader('internal') }
    const staff = (await browser.call('/help/en/search?q=data')).body as string
    expect(offered(staff)).toContain('Secrets 1')
    expect(offered(await search('data'))).not.toContain('Secrets 1')
  })

  it('are on several pages where there are many', async () => {
    await centre.publish(
      Array.from({ length: 45 }, (_, n) => ({
        title: `Voicemail ${n}`,
        section: n < 40 ? 'Voice' : 'Other',
      })),
    )
    const first = await search('voicemail')
    expect(first).toContain('45 results')
    const titles = (html: string) =>
      [...html.matchAll(/#found"><mark>Voicemail<\/mark> (\d+)/g)].map(([, n]) => Number(n))
    const second = await page(linkTo(first, 'More results')!)
    const third = await page(linkTo(second, 'More results')!)
    expect(linkTo(third, 'More results')).toBeUndefined()
    expect([...titles(first), ...titles(second), ...titles(third)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 45 }, (_, n) => n),
    )
    const voice = await page(linkTo(first, 'Voice 40')!)
    expect(titles(await page(linkTo(voice, 'More results')!))).toHaveLength(20)
  })
})
