import { HtmlValidate } from 'html-validate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAsker, openAsking } from '../community/asker.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { storedScripts } from '../web/support/stored-scripts.ts'
import { type Centre, openCentre } from './centre.ts'

const validator = new HtmlValidate({ extends: ['html-validate:standard'], elements: ['html5'] })
const MOST_PAGES = 80

describeEachDatabase('the HTML of a help centre', (database) => {
  let centre: Centre
  let reader: Awaited<ReturnType<Centre['reader']>>

  beforeAll(async () => {
    centre = await openCentre(await database())
    const scripts = storedScripts('throw 1').slice(0, 20).join(' ')
    await centre.publish([
      {
        title: 'Use data abroad',
        body: `<p>No internet abroad.</p><h2>Solution</h2><h3>On Android</h3><ol><li>Open <b>settings</b>.</li></ol><table><tr><th>Zone</th></tr><tr><td>Europe</td></tr></table><pre><code>*#21#</code></pre>`,
        section: 'Abroad & roaming',
        translation: { title: 'Utiliser ses données à l’étranger', body: '<p>Activez l’itinérance.</p>' },
      },
      {
        title: 'Data "abroad" is <slow>',
        body: '<p>Choose another network.</p>',
        section: 'Abroad & roaming',
      },
      { title: 'Pay a bill', body: '<p>Pay online.</p>', section: 'Bills' },
    ])
    await centre.importThreads('forum', 'public', {
      box: {
        title: 'The box restarts',
        question: `It restarts. ${scripts}`,
        answers: [{ body: `Buy another. ${scripts}` }, { body: 'Replace its **cable**.', accepted: true }],
        url: 'https://forum.example.org/t/box',
        labels: { category: 'Boxes' },
      },
    })
    reader = await centre.reader('anonymous')
  })
  afterAll(() => centre.close())

  async function faultsIn(html: string, name: string): Promise<string[]> {
    const report = await validator.validateString(html)
    return report.results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, line, column }) => `${name} ${line}:${column} ${ruleId}: ${message}`),
    )
  }

  it('is valid on every page that links lead to, in both languages, and on those that nothing links to', async () => {
    const waiting = [
      '/help/en',
      '/help/fr',
      '/help/en/search?q=data',
      '/help/fr/search?q=donn%C3%A9es+%22%3Cb%3E',
      '/help/en/search?q=zzzz',
      '/help/en/search',
      '/help/fr/articles/nothing--art_0',
      '/help/en/nothing',
    ]
    const seen = new Set(waiting)
    const faults: string[] = []
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const { body, headers } = await reader.call(path)
      if (!headers.get('content-type')?.startsWith('text/html')) continue
      faults.push(...(await faultsIn(String(body), path)))
      for (const [, link = ''] of String(body).matchAll(/<a [^>]*href="(\/help\/(?:en|fr)[^"#]*)/g)) {
        const next = link.replaceAll('&amp;', '&')
        if (seen.has(next) || seen.size >= MOST_PAGES) continue
        seen.add(next)
        waiting.push(next)
      }
    }
    expect(faults).toEqual([])
    expect(seen.size).toBeGreaterThan(15)
  })

  it('is valid where a customer asks, is refused, and keeps the page', async () => {
    expect((await openAsking(centre)).status).toBe(200)
    const asker = createAsker(centre, reader)
    const pages = {
      ask: await asker.page('/help/en/ask?q=%3Cscript%3E"'),
      refused: (await asker.send({})).body,
    }
    const path = await asker.ask({ title: 'The <box> & "its" lamp', text: 'It blinks.' })
    const faults: string[] = []
    for (const [name, html] of Object.entries({ ...pages, kept: await asker.page(path) })) {
      expect([name, html.includes('<main')]).toEqual([name, true])
      faults.push(...(await faultsIn(html, name)))
    }
    expect(faults).toEqual([])
  })

  it('is told apart from HTML that is not', async () => {
    expect(await faultsIn('<!doctype html><p><div id=1></p>', 'broken')).not.toEqual([])
  })
})
