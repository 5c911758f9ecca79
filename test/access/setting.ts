import { commandLine } from '../../src/access/actor.ts'
import { type App, createApp } from '../../src/app.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Config } from '../../src/platform/config/config.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import type { Serving } from '../../src/server/serve.ts'
import type { DatabaseAddress } from '../support/databases.ts'
import { fetchWhenFree } from '../support/fetch-when-free.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests compare what they got.
  readonly body: any
}

interface Request {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** A browser: keeps cookies, and says where its requests come from. */
export interface TestBrowser {
  readonly cookies: Map<string, string>
  /** The `Set-Cookie` headers of the last answer. */
  setCookies(): readonly string[]
  call(path: string, request?: Request): Promise<Answer>
}

/** A process that serves on a test's database. */
export interface TestService {
  readonly app: App
  readonly url: string
  browser(): TestBrowser
  close(): Promise<void>
}

export async function startAccessService(
  { home, databaseUrl }: DatabaseAddress,
  { clock, env = {}, ...overrides }: { clock?: Clock; env?: Record<string, string> } & Partial<Config> = {},
): Promise<TestService> {
  const read = readConfig({ ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'error', PORT: '0', ...env })
  const app = await createApp({ ...read, databaseUrl, ...overrides }, clock)
  let serving: Serving
  try {
    serving = await app.serve()
  } catch (error) {
    await app.close()
    throw error
  }
  return {
    app,
    url: serving.url,
    browser: () => openBrowser(serving.url),
    async close() {
      await serving.close()
      await app.close()
    },
  }
}

function openBrowser(url: string): TestBrowser {
  const cookies = new Map<string, string>()
  let last: readonly string[] = []
  return {
    cookies,
    setCookies: () => last,
    async call(path, { method, body, headers = {} } = {}) {
      const response = await fetchWhenFree(new URL(path, url), {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        redirect: 'manual',
        headers: {
          origin: url,
          ...(cookies.size > 0 && { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      last = response.headers.getSetCookie()
      for (const cookie of last) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
        if (value === '') cookies.delete(name!)
        else cookies.set(name!, value!)
      }
      const text = await response.text()
      const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '')
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
    },
  }
}

export const PASSWORD = 'correct horse battery'

let invited = 0

/** A person who accepted an invitation, and the browser in which they did. */
export async function invitePerson(
  service: TestService,
  roles: readonly string[] = ['agent'],
  audience = 'internal',
) {
  const number = ++invited
  const email = `person${number}@example.com`
  const invitation = { name: `Person ${number}`, email, roles, audience, actor: commandLine }
  const { account, link } = await service.app.access.inviteAccount(invitation)
  const browser = service.browser()
  const body = { token: tokenOf(link), password: PASSWORD }
  const accepted = await browser.call('/api/invitations/accept', { body })
  if (accepted.status !== 200) throw new Error(`not accepted: ${JSON.stringify(accepted.body)}`)
  return { account, email, browser, token: body.token }
}

/** What follows `#` in a link. */
export function tokenOf({ link }: { readonly link: string }): string {
  return link.split('#')[1]!
}
