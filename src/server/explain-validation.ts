import type { FastifySchemaValidationError } from 'fastify'

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
