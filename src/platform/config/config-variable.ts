import { defineErrors } from '../errors.ts'

export const configErrors = defineErrors({
  CONFIG_UNKNOWN: [500, 'Unknown configuration variable {name}. Known variables: {known}'],
  CONFIG_INVALID: [500, '{name} is {value}, but must be {expected}'],
})

/** How an environment variable is read. */
export interface Variable<T> {
  readonly fallback: T
  readonly expected: string
  /** @returns the value, or undefined when the text is not one */
  parse(text: string): T | undefined
}

export const text = (fallback: string): Variable<string> => ({
  fallback,
  expected: 'a string that is not empty',
  parse: (value) => value || undefined,
})

export const integer = (fallback: number, low: number, high: number): Variable<number> => ({
  fallback,
  expected: `a whole number from ${low} to ${high}`,
  parse: (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
    return number >= low && number <= high ? number : undefined
  },
})

export const share = (fallback: number, high: number): Variable<number> => ({
  fallback,
  expected: `a share from 0 to ${high}`,
  parse: (value) => (/^0?\.\d+$|^[01]$/.test(value) && Number(value) <= high ? Number(value) : undefined),
})

/** Variables whose values are, or contain, a password. */
const SECRET =
  /^(DATABASE_URL|SMTP_URL|OIDC_CLIENT_SECRET|ENTRAIDE_TRANSLATION_TOKEN|ENTRAIDE_DISCOURSE_ANSWERS)$/

/** @throws CodedError CONFIG_INVALID */
export function read<T>(env: NodeJS.ProcessEnv, name: string, variable: Variable<T>): T {
  const value = env[name]?.trim()
  if (value === undefined) return variable.fallback
  const parsed = variable.parse(value)
  if (parsed !== undefined) return parsed
  const shown = SECRET.test(name) ? 'unreadable' : `"${value}"`
  throw configErrors.CONFIG_INVALID({ name, value: shown, expected: variable.expected })
}
