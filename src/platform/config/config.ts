import { resolve } from 'node:path'
import { configErrors, integer, read, share, text, type Variable } from './config-variable.ts'
import {
  DISCOURSE_ANSWERS_EXPECTED,
  type DiscourseAccess,
  isSafeFor,
  parseDiscourseAnswers,
} from './discourse-answers.ts'
import {
  IDENTIFIER_PATTERNS_EXPECTED,
  type IdentifierPattern,
  parseIdentifierPatterns,
} from './identifier-patterns.ts'
import { readSignInConfig, type SignInConfig, signInVariables } from './sign-in-config.ts'

export interface Config {
  /** Folder of everything kept on this machine: the SQLite file, the search snapshot. */
  readonly home: string
  readonly host: string
  readonly port: number
  /** PostgreSQL address; SQLite under `home` when absent. */
  readonly databaseUrl?: string
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  /** Agents' annotations since the last training after which a facet is trained again. */
  readonly retrainAfter: number
  /** Share of routed threads shown blind to agents, for unbiased figures. */
  readonly auditShare: number
  /** Share of threads labelled blind that a second agent is asked to label blind, to measure agreement. */
  readonly secondOpinionShare: number
  /** Requests a minute for one key (or one address without a key). */
  readonly rateLimit: number
  /** Deliveries a minute from one address, to all webhooks. */
  readonly webhookRateLimit: number
  /** Largest request body in bytes; a batch streams and is bounded by line instead. */
  readonly bodyLimit: number
  /** Largest upload to import, all files of it together, in bytes. */
  readonly uploadLimit: number
  /** Host names and addresses on private networks that Entraide may call (webhooks out, imports by API). */
  readonly privateHosts: readonly string[]
  /** Days that searches are kept, without who searched. */
  readonly searchLogDays: number
  /** Days without one delivered webhook after which an endpoint is disabled; 0 for never. */
  readonly webhookDisableDays: number
  /** The company's translation service, which proposes texts to translators when they ask; none if absent. */
  readonly translationUrl?: string
  /** What it knows Entraide by. */
  readonly translationToken?: string
  /** The accounts by which answers are posted in Discourse communities. */
  readonly discourseAnswers: readonly DiscourseAccess[]
  /** How the company writes its customer and order numbers, so that they are found as personal data. */
  readonly identifiers: readonly IdentifierPattern[]
  /** Jobs that the worker inside `serve` runs at once; 0 leaves them to `entraide worker`. */
  readonly workerConcurrency: number
  /** Proxies in front that may say who the caller is. */
  readonly trustedProxies: readonly string[]
  /** How people sign in. */
  readonly signIn: SignInConfig
  /** Whether this is the demo, where a click signs in; no variable says so. */
  readonly demo: boolean
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

const variables = {
  ENTRAIDE_HOME: text('./.entraide'),
  ENTRAIDE_HOST: text('127.0.0.1'),
  ENTRAIDE_LOG_LEVEL: {
    fallback: 'info',
    expected: `one of ${LOG_LEVELS.join(', ')}`,
    parse: (value) => LOG_LEVELS.find((level) => level === value),
  } satisfies Variable<Config['logLevel']>,
  ENTRAIDE_RETRAIN_AFTER: integer(25, 1, 1_000_000),
  ENTRAIDE_AUDIT_SHARE: share(0.03, 0.5),
  ENTRAIDE_SECOND_OPINION_SHARE: share(0.1, 1),
  ENTRAIDE_RATE_LIMIT: integer(6_000, 1, 10_000_000),
  ENTRAIDE_WEBHOOK_RATE_LIMIT: integer(120_000, 1, 10_000_000),
  ENTRAIDE_BODY_LIMIT: integer(1_048_576, 1_024, 1_073_741_824),
  ENTRAIDE_WEBHOOK_DISABLE_DAYS: integer(5, 0, 365),
  ENTRAIDE_SEARCH_LOG_DAYS: integer(90, 1, 3_650),
  ENTRAIDE_UPLOAD_LIMIT: integer(2_147_483_648, 1_024, 1_099_511_627_776),
  ENTRAIDE_WORKER_CONCURRENCY: integer(2, 0, 64),
  ENTRAIDE_PRIVATE_HOSTS: {
    fallback: [],
    expected: 'host names or addresses, separated by commas',
    parse: (value) => {
      const hosts = value.split(',').map((host) => host.trim())
      return hosts.every((host) => /^[\w.:-]+$/.test(host)) ? hosts : undefined
    },
  } satisfies Variable<readonly string[]>,
  ENTRAIDE_TRANSLATION_URL: {
    fallback: undefined,
    expected: 'an http or https URL without a password',
    parse: webUrl,
  } satisfies Variable<string | undefined>,
  ENTRAIDE_TRANSLATION_TOKEN: {
    fallback: undefined,
    expected: 'printable characters without blanks',
    parse: (value) => (/^[!-~]{1,4096}$/.test(value) ? value : undefined),
  } satisfies Variable<string | undefined>,
  ENTRAIDE_DISCOURSE_ANSWERS: {
    fallback: [],
    expected: DISCOURSE_ANSWERS_EXPECTED,
    parse: parseDiscourseAnswers,
  } satisfies Variable<readonly DiscourseAccess[]>,
  ENTRAIDE_IDENTIFIER_PATTERNS: {
    fallback: [],
    expected: IDENTIFIER_PATTERNS_EXPECTED,
    parse: parseIdentifierPatterns,
  } satisfies Variable<readonly IdentifierPattern[]>,
  ...signInVariables,
}

const port = integer(8080, 0, 65_535)
const databaseUrl: Variable<string | undefined> = {
  fallback: undefined,
  expected: 'a URL such as postgres://user:password@host/database',
  parse: (value) => (/^postgres(ql)?:\/\//.test(value) ? value : undefined),
}

/** Variables that start like ours but belong to tests. */
const RESERVED = /^ENTRAIDE_(TEST_\w+|REQUIRE_SERVICES|EVAL_DATA)$/

/** Reads the configuration; the only place that knows of environment variables.
 *
 * @throws CodedError CONFIG_UNKNOWN, CONFIG_INVALID: a misspelt variable is an error, not a default
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  for (const name of Object.keys(env)) {
    if (name.startsWith('ENTRAIDE_') && !(name in variables) && !RESERVED.test(name))
      throw configErrors.CONFIG_UNKNOWN({ name, known: Object.keys(variables).join(', ') })
  }
  const url = read(env, 'DATABASE_URL', databaseUrl)
  const privateHosts = read<readonly string[]>(
    env,
    'ENTRAIDE_PRIVATE_HOSTS',
    variables.ENTRAIDE_PRIVATE_HOSTS,
  )
  return {
    home: resolve(read(env, 'ENTRAIDE_HOME', variables.ENTRAIDE_HOME)),
    host: read(env, 'ENTRAIDE_HOST', variables.ENTRAIDE_HOST),
    port: read(env, 'PORT', port),
    ...(url === undefined ? {} : { databaseUrl: url }),
    logLevel: read(env, 'ENTRAIDE_LOG_LEVEL', variables.ENTRAIDE_LOG_LEVEL as Variable<Config['logLevel']>),
    retrainAfter: read(env, 'ENTRAIDE_RETRAIN_AFTER', variables.ENTRAIDE_RETRAIN_AFTER),
    auditShare: read(env, 'ENTRAIDE_AUDIT_SHARE', variables.ENTRAIDE_AUDIT_SHARE),
    secondOpinionShare: read(env, 'ENTRAIDE_SECOND_OPINION_SHARE', variables.ENTRAIDE_SECOND_OPINION_SHARE),
    rateLimit: read(env, 'ENTRAIDE_RATE_LIMIT', variables.ENTRAIDE_RATE_LIMIT),
    webhookRateLimit: read(env, 'ENTRAIDE_WEBHOOK_RATE_LIMIT', variables.ENTRAIDE_WEBHOOK_RATE_LIMIT),
    bodyLimit: read(env, 'ENTRAIDE_BODY_LIMIT', variables.ENTRAIDE_BODY_LIMIT),
    uploadLimit: read(env, 'ENTRAIDE_UPLOAD_LIMIT', variables.ENTRAIDE_UPLOAD_LIMIT),
    privateHosts,
    searchLogDays: read(env, 'ENTRAIDE_SEARCH_LOG_DAYS', variables.ENTRAIDE_SEARCH_LOG_DAYS),
    webhookDisableDays: read(env, 'ENTRAIDE_WEBHOOK_DISABLE_DAYS', variables.ENTRAIDE_WEBHOOK_DISABLE_DAYS),
    discourseAnswers: read<readonly DiscourseAccess[]>(env, 'ENTRAIDE_DISCOURSE_ANSWERS', {
      ...variables.ENTRAIDE_DISCOURSE_ANSWERS,
      parse: (value) => {
        const accesses = parseDiscourseAnswers(value)
        return accesses?.every((each) => isSafeFor(each, privateHosts)) ? accesses : undefined
      },
    }),
    identifiers: read<readonly IdentifierPattern[]>(
      env,
      'ENTRAIDE_IDENTIFIER_PATTERNS',
      variables.ENTRAIDE_IDENTIFIER_PATTERNS,
    ),
    translationUrl: read<string | undefined>(
      env,
      'ENTRAIDE_TRANSLATION_URL',
      variables.ENTRAIDE_TRANSLATION_URL,
    ),
    translationToken: read<string | undefined>(
      env,
      'ENTRAIDE_TRANSLATION_TOKEN',
      variables.ENTRAIDE_TRANSLATION_TOKEN,
    ),
    workerConcurrency: read(env, 'ENTRAIDE_WORKER_CONCURRENCY', variables.ENTRAIDE_WORKER_CONCURRENCY),
    trustedProxies: read<readonly string[]>(
      env,
      'ENTRAIDE_TRUSTED_PROXIES',
      signInVariables.ENTRAIDE_TRUSTED_PROXIES,
    ),
    signIn: readSignInConfig(env),
    demo: false,
  }
}

function webUrl(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined
  const { protocol, username, password } = new URL(value)
  return /^https?:$/.test(protocol) && username === '' && password === '' ? value : undefined
}
