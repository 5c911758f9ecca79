import { isIP } from 'node:net'
import { isLoopbackHost } from '../loopback.ts'
import { configErrors, integer, read, text, type Variable } from './config-variable.ts'

/** How people sign in, and how links and mail reach them. */
export interface SignInConfig {
  /** Address under which browsers reach this service, without a slash at its end. */
  readonly publicUrl?: string
  /** Whether people may sign in with a password. */
  readonly password: boolean
  /** For how long a session is kept that nobody uses. */
  readonly idleMs: number
  /** For how long a session is kept at most. */
  readonly sessionMs: number
  /** The company's identity provider (OpenID Connect). */
  readonly oidc?: OidcConfig
  /** How mail is sent; without it, administrators hand links over. */
  readonly mail?: { readonly smtpUrl: string; readonly from: string }
}

export interface OidcConfig {
  readonly issuer: string
  readonly clientId: string
  /** Absent for a public client. */
  readonly clientSecret?: string
  /** What the button says. */
  readonly name: string
  /** The claim that lists a person's groups. */
  readonly groupsClaim: string
  /** Which group gives which role; without any, roles are given by administrators alone. */
  readonly roles: readonly GroupRole[]
  /** What accounts that are made at a first sign-in may see. */
  readonly audience: string
}

export interface GroupRole {
  readonly group: string
  readonly role: string
}

const HOUR_MS = 3_600_000

const optional = (expected: string, isOne: (value: string) => boolean): Variable<string | undefined> => ({
  fallback: undefined,
  expected,
  parse: (value) => (isOne(value) ? value : undefined),
})

/** Whether it is `10.0.0.1` or `10.0.0.0/8`. */
function isNetwork(text: string): boolean {
  const [, address = '', bits = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const family = isIP(address)
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128)
}

/** The variables whose names start like all others of Entraide. */
export const signInVariables = {
  ENTRAIDE_TRUSTED_PROXIES: {
    fallback: [],
    expected: 'addresses or networks such as 10.0.0.0/8, separated by commas',
    parse: (value) => {
      const addresses = value.split(',').map((address) => address.trim())
      return addresses.every(isNetwork) ? addresses : undefined
    },
  } satisfies Variable<readonly string[]>,
  ENTRAIDE_PUBLIC_URL: {
    fallback: undefined,
    expected: 'a URL such as https://entraide.example.com, without a path',
    parse: (value) => (isWebUrl(value) && isBare(new URL(value)) ? new URL(value).origin : undefined),
  } satisfies Variable<string | undefined>,
  ENTRAIDE_PASSWORD_SIGN_IN: {
    fallback: true,
    expected: 'on or off',
    parse: (value) => ({ on: true, off: false })[value],
  } satisfies Variable<boolean>,
  ENTRAIDE_SESSION_IDLE_HOURS: integer(24, 1, 8_760),
  ENTRAIDE_SESSION_DAYS: integer(30, 1, 365),
  ENTRAIDE_MAIL_FROM: optional('an address such as entraide@example.com, or Entraide <…>', (value) =>
    /^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/.test(value),
  ),
}

const issuer = optional('a URL such as https://login.example.com (http only on this machine)', (value) => {
  if (!isWebUrl(value)) return false
  const { protocol, hostname } = new URL(value)
  return protocol === 'https:' || isLoopbackHost(hostname)
})

const roles: Variable<readonly GroupRole[]> = {
  fallback: [],
  expected: 'pairs of a group and a role, separated by commas, such as support=agent,leads=supervisor',
  parse(value) {
    const pairs = value.split(',').map((pair) => {
      const [, group = '', role = ''] = /^(.*)=([^=]*)$/.exec(pair) ?? []
      return { group: group.trim(), role: role.trim() }
    })
    return pairs.every(({ group, role }) => group !== '' && role !== '') ? pairs : undefined
  },
}

const smtpUrl = optional('a URL such as smtp://user:password@host:587', (value) =>
  /^smtps?:\/\/[^/\s]/.test(value),
)

/** @throws CodedError CONFIG_UNKNOWN, CONFIG_INVALID */
export function readSignInConfig(env: NodeJS.ProcessEnv): SignInConfig {
  return {
    publicUrl: read<string | undefined>(env, 'ENTRAIDE_PUBLIC_URL', signInVariables.ENTRAIDE_PUBLIC_URL),
    password: read(env, 'ENTRAIDE_PASSWORD_SIGN_IN', signInVariables.ENTRAIDE_PASSWORD_SIGN_IN),
    idleMs: read(env, 'ENTRAIDE_SESSION_IDLE_HOURS', signInVariables.ENTRAIDE_SESSION_IDLE_HOURS) * HOUR_MS,
    sessionMs: read(env, 'ENTRAIDE_SESSION_DAYS', signInVariables.ENTRAIDE_SESSION_DAYS) * 24 * HOUR_MS,
    oidc: readOidc(env),
    mail: readMail(env),
  }
}

/** The variables of the identity provider, whose names other programs share. */
const OIDC_VARIABLES: readonly string[] = [
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_NAME',
  'OIDC_GROUPS_CLAIM',
  'OIDC_ROLES',
  'OIDC_AUDIENCE',
]

function readOidc(env: NodeJS.ProcessEnv): OidcConfig | undefined {
  const given = Object.keys(env).filter((name) => name.startsWith('OIDC_'))
  const unknown = given.find((name) => !OIDC_VARIABLES.includes(name))
  if (unknown !== undefined)
    throw configErrors.CONFIG_UNKNOWN({ name: unknown, known: OIDC_VARIABLES.join(', ') })
  if (given.length === 0) return undefined
  const at = read(env, 'OIDC_ISSUER', issuer)
  const clientId = read(env, 'OIDC_CLIENT_ID', optional('the id of a client', Boolean))
  if (at === undefined) throw missing('OIDC_ISSUER', issuer.expected)
  if (clientId === undefined) throw missing('OIDC_CLIENT_ID', 'the id that the provider gave to Entraide')
  return {
    issuer: at,
    clientId,
    clientSecret: read(env, 'OIDC_CLIENT_SECRET', optional('a secret that is not empty', Boolean)),
    name: read(env, 'OIDC_NAME', text('OpenID Connect')),
    groupsClaim: read(env, 'OIDC_GROUPS_CLAIM', text('groups')),
    roles: read(env, 'OIDC_ROLES', roles),
    audience: read(env, 'OIDC_AUDIENCE', text('internal')),
  }
}

function readMail(env: NodeJS.ProcessEnv): SignInConfig['mail'] {
  const url = read(env, 'SMTP_URL', smtpUrl)
  if (url === undefined) return undefined
  const from = read<string | undefined>(env, 'ENTRAIDE_MAIL_FROM', signInVariables.ENTRAIDE_MAIL_FROM)
  if (from === undefined) throw missing('ENTRAIDE_MAIL_FROM', signInVariables.ENTRAIDE_MAIL_FROM.expected)
  if (env.ENTRAIDE_PUBLIC_URL === undefined)
    throw missing('ENTRAIDE_PUBLIC_URL', signInVariables.ENTRAIDE_PUBLIC_URL.expected)
  return { smtpUrl: url, from }
}

function missing(name: string, expected: string) {
  return configErrors.CONFIG_INVALID({ name, value: 'missing', expected })
}

function isWebUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}

function isBare({ pathname, search, hash, username }: URL): boolean {
  return pathname === '/' && `${search}${hash}${username}` === ''
}
