import type { Configuration } from 'openid-client'
import type { OidcConfig } from '../../platform/config/sign-in-config.ts'
import { accessErrors } from '../errors.ts'

/** What a browser keeps between leaving for the identity provider and coming back. */
export interface PendingSignIn {
  readonly state: string
  readonly nonce: string
  /** PKCE: proves that who brings the code also asked for it. */
  readonly verifier: string
}

/** What the identity provider says of a person. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string }

export type IdentityProvider = ReturnType<typeof createIdentityProvider>

/**
 * The company's identity provider, by OpenID Connect: authorization code with PKCE. It is asked for its addresses at the
 * first sign-in, not at start, so that Entraide starts without it.
 */
export function createIdentityProvider(config: OidcConfig) {
  let discovered: Promise<Configuration> | undefined

  async function configuration(): Promise<Configuration> {
    discovered ??= discover(config)
    try {
      return await discovered
    } catch (error) {
      discovered = undefined
      throw accessErrors.OIDC_UNAVAILABLE({}, { cause: error })
    }
  }

  return {
    issuer: config.issuer,

    /** Where to send the browser, and what it has to bring back. @throws CodedError OIDC_UNAVAILABLE */
    async begin(redirectUri: string): Promise<{ readonly url: URL; readonly pending: PendingSignIn }> {
      const client = await import('openid-client')
      const pending = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      }
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      })
      return { url, pending }
    },

    /**
     * Exchanges the code that a browser brought back.
     *
     * @param address where it came to, with all its parameters
     * @throws CodedError OIDC_UNAVAILABLE, OIDC_FAILED
     */
    async finish(address: URL, { state, nonce, verifier }: PendingSignIn): Promise<Claims> {
      const [client, provider] = [await import('openid-client'), await configuration()]
      try {
        const tokens = await client.authorizationCodeGrant(provider, address, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined) throw new Error('no ID token')
        // Some providers tell groups and e-mail addresses there only.
        const more =
          provider.serverMetadata().userinfo_endpoint === undefined
            ? {}
            : await client.fetchUserInfo(provider, tokens.access_token, claims.sub)
        return { ...more, ...claims }
      } catch (error) {
        throw accessErrors.OIDC_FAILED({}, { cause: error })
      }
    },
  }
}

async function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<Configuration> {
  const client = await import('openid-client')
  const isPlain = issuer.startsWith('http:')
  const found = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
    execute: isPlain ? [client.allowInsecureRequests] : [],
  })
  if (clientSecret === undefined) return found
  const metadata = found.serverMetadata()
  // OpenID Connect Discovery 1.0, section 3: without a list it is client_secret_basic.
  const isBasic = (metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']).includes(
    'client_secret_basic',
  )
  const authentication = isBasic
    ? client.ClientSecretBasic(clientSecret)
    : client.ClientSecretPost(clientSecret)
  const configured = new client.Configuration(metadata, clientId, undefined, authentication)
  if (isPlain) client.allowInsecureRequests(configured)
  return configured
}
