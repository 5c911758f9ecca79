import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import type { Role } from '../../../src/access/actor.ts'
import type { DatabaseAddress } from '../../support/databases.ts'
import { runJson, type Service } from '../../support/service.ts'

/** Where Debian's packages, and most others, put it; the first, which draws no windows, takes half of the time. */
const CHROMIUM = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(existsSync)

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A page of the workbench, with what its browser complained about. */
export interface OpenPage {
  readonly page: Page
  readonly context: BrowserContext
}

/** The page of someone who signed in, and what they sign in with. */
export interface OwnPage extends OpenPage {
  readonly email: string
  readonly password: string
}

export interface Workbench {
  /** Signs a new person in and opens an address below `/app` in a browser of their own. */
  open(
    service: Service,
    who: { readonly role: Role; readonly name?: string; readonly audience?: string },
    path: string,
    options?: BrowserContextOptions,
  ): Promise<OwnPage>
  /** Opens an address in a new browser where nobody is signed in. */
  openAnonymously(service: Service, path: string, options?: BrowserContextOptions): Promise<OpenPage>
  /** Opens any address of the service in a new browser where nobody is signed in. */
  openAt(service: Service, address: string, options?: BrowserContextOptions): Promise<OpenPage>
  /** Opens a file of this machine in a new browser. */
  openFile(file: string, options?: BrowserContextOptions): Promise<OpenPage>
}

const PATIENCE_MS = 120_000
const PASSWORD = 'correct horse battery staple'

/**
 * A suite in a real browser. Without Chromium it is skipped and says so; where services are required, it fails. After each
 * test nothing may have broken the page's policy or thrown in it.
 */
export function describeInBrowser(name: string, suite: (workbench: Workbench) => void): void {
  if (CHROMIUM === undefined && process.env.ENTRAIDE_REQUIRE_SERVICES === undefined) {
    describe.skip(`${name} (skipped: no Chromium; install Debian's package chromium-headless-shell)`, () => {})
    return
  }
  // Once more where it fails, which the run names at its end: a browser on a busy machine may be late in ways no page waits for.
  describe(name, { retry: 1 }, () => {
    let browser: Browser
    let contexts: BrowserContext[] = []
    const complaints: string[] = []
    let people = 0

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
    })
    afterAll(() => browser.close())
    afterEach(async () => {
      await Promise.all(contexts.map((context) => context.close()))
      contexts = []
      expect(complaints.splice(0)).toEqual([])
    })

    async function newContext(
      baseURL: string | undefined,
      options: BrowserContextOptions = {},
    ): Promise<BrowserContext> {
      const context = await browser.newContext({
        baseURL,
        locale: 'en-GB',
        viewport: { width: 1440, height: 900 },
        ...options,
      })
      contexts.push(context)
      return context
    }

    async function openIn(context: BrowserContext, address: string): Promise<OpenPage> {
      const page = await context.newPage()
      // A busy machine is no fault of the page.
      page.setDefaultTimeout(PATIENCE_MS)
      page.on('pageerror', (error) => complaints.push(`${error.name}: ${error.message}`))
      page.on('console', (message) => {
        if (/Content.Security.Policy|TrustedHTML/i.test(message.text())) complaints.push(message.text())
      })
      await page.goto(address)
      return { page, context }
    }

    suite({
      async open(service, { role, name: person = role, audience = 'internal' }, path, options) {
        const context = await newContext(service.url, options)
        people += 1
        const email = `${role}-${process.pid}-${people}@example.org`
        const { status, body } = await service.call<{ readonly link: string }>('/api/accounts', {
          key: await administrator(service.address),
          body: { email, name: `${person} ${people}`, roles: [role], audience },
        })
        expect(status, JSON.stringify(body)).toBe(201)
        const answer = await context.request.post('/api/invitations/accept', {
          data: { token: body.link.split('#')[1], password: PASSWORD },
        })
        expect(answer.status(), await answer.text()).toBe(200)
        return { ...(await openIn(context, `/app${path}`)), email, password: PASSWORD }
      },
      async openAnonymously(service, path, options) {
        return openIn(await newContext(service.url, options), `/app${path}`)
      },
      async openAt(service, address, options) {
        return openIn(await newContext(service.url, options), address)
      },
      async openFile(file, options) {
        return openIn(await newContext(undefined, options), pathToFileURL(file).href)
      },
    })
  })
}

const administrators = new WeakMap<DatabaseAddress, Promise<string>>()

/** A key by which people are invited: a process for each would take most of the time. */
export function administrator(address: DatabaseAddress): Promise<string> {
  const known = administrators.get(address)
  if (known !== undefined) return known
  const made = runJson<{ readonly token: string }>(address, [
    ...['keys', 'create', '--name', 'tests', '--role', 'admin'],
  ]).then(({ token }) => token)
  administrators.set(address, made)
  return made
}

/** What axe finds wrong with a page as it is, in the theme and language that it is in: rule and element. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe is a global of the page here, without types
    const { violations } = await (globalThis as any).axe.run({
      // Else it fetches style sheets, which pages on files may not.
      preload: false,
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.flatMap(({ id, nodes }: { id: string; nodes: { target: string[] }[] }) =>
      nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
    )
  })
}
