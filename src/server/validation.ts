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
  const prepare = httpPart === 'body' ? bodyOf(schema) : (value: unknown) => fromText(schema, value)
  return (given: unknown) => {
    const value = Value.Default(schema, prepare(given))
    if (validator.Check(value)) return { value }
    return { error: validator.Errors(value) as unknown as FastifySchemaValidationError[] & Error }
  }
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
