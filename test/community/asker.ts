import type { AskingSettings } from '../../src/help-centre/settings/settings.ts'
import { invitePerson, type TestBrowser } from '../access/setting.ts'
import type { Centre } from '../help-centre/centre.ts'

type Fields = Readonly<Record<string, string>>

/** Opens asking as a knowledge manager does. */
export async function openAsking(centre: Centre, asking: Partial<AskingSettings> = {}) {
  const { browser } = await invitePerson(centre, ['knowledge-manager'])
  const { body, headers } = await browser.call('/api/help-centre/settings')
  const { logo: _, ...settings } = body
  return browser.call('/api/help-centre/settings', {
    method: 'PUT',
    headers: { 'if-match': headers.get('etag')! },
    body: { ...settings, asking: { ...settings.asking, open: true, ...asking } },
  })
}

/** Somebody without a script who asks and follows. */
export function createAsker(centre: Centre, browser: TestBrowser, language: 'en' | 'fr' = 'en') {
  const page = async (path: string) => (await browser.call(path)).body as string
  const asker = {
    page,

    /** Fills in the form and sends it, a minute after opening it. */
    async send(fields: Fields) {
      const token = tokenIn(await page(`/help/${language}/ask`))
      centre.clock.advance(60_000)
      return asker.post({ token, step: 'send', ...fields })
    },

    post: (fields: Fields) => centre.submit(browser, `/help/${language}/ask`, fields),

    /** Asks. @returns the path of the page to keep */
    async ask(fields: Fields): Promise<string> {
      const { status, location, body } = await asker.send(fields)
      if (status !== 303 || location === null) throw new Error(`${status}: ${body}`)
      return location
    },

    async reply(path: string, text: string) {
      const token = tokenIn(await page(path))
      centre.clock.advance(60_000)
      return centre.submit(browser, `${path}/replies`, { token, text })
    },

    mark: (path: string, post: string, useful: 'yes' | 'no' | 'undo') =>
      centre.submit(browser, `${path}/marks`, { post, useful }),
  }
  return asker
}

export function tokenIn(html: string): string {
  return /name="token" value="([^"]+)"/.exec(html)?.[1] ?? ''
}

/** The value of a field as a form came back. */
export function fieldIn(html: string, name: string): string | undefined {
  return (
    new RegExp(`<input[^>]*name="${name}"[^>]*?value="([^"]*)"`).exec(html)?.[1] ??
    new RegExp(`<textarea[^>]*name="${name}"[^>]*>\n([\\s\\S]*?)</textarea>`).exec(html)?.[1]
  )
}

/** The ids of answers, or of other sections, on the page of a question. */
export function postsIn(html: string, kind: 'answer' | 'accepted' | 'reply'): string[] {
  return [...html.matchAll(new RegExp(`<section class="${kind}" id="([^"]+)"`, 'g'))].map(([, id]) => id!)
}
