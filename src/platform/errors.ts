/** A failure with a stable code; `status` is what HTTP answers when it reaches the surface. */
export class CodedError extends Error {
  readonly code: string
  readonly status: number
  /** Facts a caller can act on (a place in a file, a field's name); never personal data. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: string,
    status: number,
    message: string,
    details: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'CodedError'
    this.code = code
    this.status = status
    this.details = details
  }
}

type Template = readonly [status: number, message: string]

/**
 * A slice's table of errors: each code with its HTTP status and its message, where `{name}` stands for a detail.
 *
 * @returns one constructor a code, so that a misspelt code does not compile
 */
export function defineErrors<T extends Record<string, Template>>(
  table: T,
): { [Code in keyof T]: (details?: Record<string, unknown>, options?: ErrorOptions) => CodedError } {
  const constructors = {} as { [Code in keyof T]: (details?: Record<string, unknown>) => CodedError }
  for (const code of Object.keys(table) as (keyof T & string)[]) {
    const [status, template] = table[code] as Template
    constructors[code] = (details: Record<string, unknown> = {}, options?: ErrorOptions) =>
      new CodedError(code, status, fill(template, details), details, options)
  }
  return constructors
}

function fill(template: string, details: Record<string, unknown>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? `{${name}}`))
}
