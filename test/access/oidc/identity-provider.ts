import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { fetchWhenFree } from '../../support/fetch-when-free.ts'

/** What the provider says of a person, by subject. */
export type People = Record<string, Record<string, unknown>>

export interface TestProvider {
  readonly issuer: string
  /** What it says of whom; may be changed. */
  readonly people: People
  /** Who signs in at it from now on; undefined refuses. */
  login: string | undefined
  /** Lets a service use it, whose address is known only once it runs. */
  register(client: { id: string; secret: string; redirectUri: string }): void
  close(): Promise<void>
}

/** A real identity provider on this machine, at which a click is as good as a password. */
export async function startProvider(people: People): Promise<TestProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end()
  const server: Server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const test: TestProvider = {
    issuer,
    people,
    login: undefined,
    register({ id, secret, redirectUri }) {
      const provider = new Provider(issuer, {
        clients: [{ client_id: id, client_secret: secret, redirect_uris: [redirectUri] }],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
        findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people[sub] }) }),
        interactions: { url: (_, interaction) => `/login/${interaction.uid}` },
        features: { devInteractions: { enabled: false } },
        pkce: { required: () => true },
        cookies: { keys: ['a key of this test'] },
        async loadExistingGrant(context) {
          const grant = new context.oidc.provider.Grant({
            clientId: context.oidc.client?.clientId,
            accountId: context.oidc.session?.accountId,
          })
          grant.addOIDCScope('openid email profile')
          await grant.save()
          return grant
        },
      })
      const callback = provider.callback()
      handle = (request, response) => {
        if (!request.url?.startsWith('/login/')) return void callback(request, response)
        const result =
          test.login === undefined
            ? { error: 'access_denied', error_description: 'refused' }
            : { login: { accountId: test.login, remember: false } }
        provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return test
}

/** A browser that follows redirects from site to site, and keeps the cookies of each. */
export function openTravellingBrowser() {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (origin: string) => {
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    return jar
  }

  async function get(address: string | URL): Promise<Response> {
    const { origin } = new URL(address)
    const jar = jarOf(origin)
    const response = await fetchWhenFree(address, {
      redirect: 'manual',
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (value === '') jar.delete(name!)
      else jar.set(name!, value!)
    }
    return response
  }

  return {
    get,
    jarOf,
    /** @returns every address that it was sent to; stops before one that `until` names */
    async follow(address: string | URL, until: (url: URL) => boolean): Promise<URL[]> {
      const visited: URL[] = []
      let next = new URL(address)
      for (let hops = 0; hops < 15; hops++) {
        const response = await get(next)
        const location = response.headers.get('location')
        if (location === null)
          throw new Error(`${next} answered ${response.status}: ${await response.text()}`)
        next = new URL(location, next)
        visited.push(next)
        if (until(next)) return visited
      }
      throw new Error('too many redirects')
    },
  }
}
