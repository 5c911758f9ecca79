import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'

/**
 * Compiles a route's schema. A body is taken as it is: "5" is no number in JSON. What comes as text (query, path,
 * headers) is converted first where its schema asks for a number, boolean or list. Defaults are filled in. A body
 * of which nothing is required may be left out altogether.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema)
  const fillIn = hasDefault(schema) ? (value: unknown) => Value.Default(schema, value) : undefined
  const prepare = httpPart === 'body' ? bodyOf(schema) : (value: unknown) => fromText(schema, value)
  return (given: unknown) => {
    const prepared = prepare(given)
    const value = fillIn === undefined ? prepared : fillIn(prepared)
    if (validator.Check(value)) return { value }
    return { error: validator.Errors(value) as unknown as FastifySchemaValidationError[] & Error }
  }
}

/** Whether a schema says `default` anywhere: filling in walks all of a value. */
function hasDefault(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  return Object.hasOwn(schema, 'default') || Object.values(schema).some(hasDefault)
}

interface ObjectSchema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, TSchema>>
  readonly items?: TSchema
  readonly required?: readonly string[]
}

/** Whether a body of this schema may be missing: an object of which nothing is required. */
export function mayBeLeftOut({ type, required = [] }: ObjectSchema): boolean {
  return type === 'object' && required.length === 0
}

/** Fastify gives null where there was no body. */
function bodyOf(schema: TSchema): (given: unknown) => unknown {
  return mayBeLeftOut(schema as ObjectSchema) ? (given) => given ?? {} : (given) => given
}

function fromText(schema: TSchema, value: unknown): unknown {
  const { type, properties = {}, items } = schema as ObjectSchema
  if (type === 'object' && typeof value === 'object' && value !== null) {
    const known = (name: string) => (Object.hasOwn(properties, name) ? properties[name] : undefined)
    return Object.fromEntries(
      Object.entries(value).map(([name, text]) => {
        const field = known(name)
        return [name, field === undefined ? text : fromText(field, text)]
      }),
    )
  }
  if (type === 'array') {
    const list = Array.isArray(value) ? value : [value]
    return items === undefined ? list : list.map((item) => fromText(items, item))
  }
  return typeof value === 'string' ? scalarFromText(type, value) : value
}

/** The value, or the text itself when it is none: then the schema says what is wrong with it. */
function scalarFromText(type: string | undefined, text: string): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'number' && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

/** One thing that is wrong with a request: where, as `body/title`, and what; never the value itself. */
interface RequestFault {
  readonly where: string
  readonly message: string
}

const MOST = 20
const LONGEST_PLACE = 200

/** A fault at a place that the caller may have named, and so made as long as a body can be. */
export function fault(where: string, message: string): RequestFault {
  return { where: where.slice(0, LONGEST_PLACE), message }
}

/**
 * Says what a validator found in words a caller can act on: one line a missing or unknown field, one a choice.
 *
 * @param part `body`, `querystring`, `params` or `headers`
 */
export function explainValidation(
  found: readonly FastifySchemaValidationError[],
  part: string,
): RequestFault[] {
  const faults = withoutLostBranches(found).flatMap((error) => explain(error, `${part}${error.instancePath}`))
  return faults.slice(0, MOST)
}

function explain(error: FastifySchemaValidationError, where: string): RequestFault[] {
  const { requiredProperties, additionalProperties, allowedValues } = error.params as Record<string, unknown>
  const each = (names: unknown, message: string) =>
    (names as string[]).map((name) => fault(`${where}/${name}`, message))
  switch (error.keyword) {
    case 'boolean':
      return [] // the other half of additionalProperties
    case 'required':
      return each(requiredProperties, 'is required')
    case 'additionalProperties':
      return each(additionalProperties, 'is not a known field')
    case 'enum':
    case 'const':
      return [fault(where, `must be ${(allowedValues as unknown[]).map(quoted).join(' or ')}`)]
    default:
      return [fault(where, error.message ?? 'is not valid')]
  }
}

/**
 * An `anyOf` that fails brings the errors of all its branches. A choice of constants becomes one line; of other
 * shapes only the branch that came closest is worth reading.
 */
function withoutLostBranches(found: readonly FastifySchemaValidationError[]): FastifySchemaValidationError[] {
  let errors: FastifySchemaValidationError[] = found.map((error) =>
    error.keyword === 'const' ? { ...error, params: { allowedValues: [error.params.allowedValue] } } : error,
  )
  for (const choice of found.filter(({ keyword }) => keyword === 'anyOf')) {
    const branches = new Map<string, FastifySchemaValidationError[]>()
    for (const error of errors) {
      const branch = branchOf(error, choice)
      if (branch !== undefined) branches.set(branch, [...(branches.get(branch) ?? []), error])
    }
    const lost = new Set([...branches.values()].flat())
    const kept = summary([...branches.values()], choice)
    errors = errors.flatMap((error) => (error === choice ? kept : lost.has(error) ? [] : [error]))
  }
  return errors
}

function branchOf(
  error: FastifySchemaValidationError,
  choice: FastifySchemaValidationError,
): string | undefined {
  const prefix = `${choice.schemaPath}/anyOf/`
  if (error === choice || !error.schemaPath.startsWith(prefix)) return undefined
  if (!error.instancePath.startsWith(choice.instancePath)) return undefined
  return error.schemaPath.slice(prefix.length).split('/', 1)[0]
}

function summary(
  branches: readonly FastifySchemaValidationError[][],
  choice: FastifySchemaValidationError,
): FastifySchemaValidationError[] {
  const constants = branches.map(([error, ...more]) =>
    more.length === 0 && error?.keyword === 'const' ? (error.params.allowedValues as unknown[]) : undefined,
  )
  if (constants.every((values) => values !== undefined))
    return [{ ...choice, keyword: 'enum', params: { allowedValues: constants.flat() as string[] } }]
  const closest = [...branches].sort((a, b) => a.length - b.length)[0]
  return closest ?? [choice]
}

function quoted(value: unknown): string {
  return JSON.stringify(value)
}
