/** A use case: what it works with first, then what is asked of it. */
// biome-ignore lint/suspicious/noExplicitAny: any parameters are meant; a use case keeps its own when it is bound.
type UseCase<Deps> = (deps: Deps, ...args: any[]) => unknown

/** Use cases as a module offers them: without what they work with. */
export type Bound<UseCases> = {
  readonly [Name in keyof UseCases]: UseCases[Name] extends (deps: never, ...args: infer Args) => infer Result
    ? (...args: Args) => Result
    : never
}

/** Gives use cases what they work with, so that callers need not have it. */
export function bindUseCases<Deps, UseCases extends Record<string, UseCase<Deps>>>(
  deps: Deps,
  useCases: UseCases,
): Bound<UseCases> {
  const bound = Object.entries(useCases).map(([name, useCase]) => [
    name,
    (...args: unknown[]) => useCase(deps, ...args),
  ])
  // One function each, of the same name.
  return Object.fromEntries(bound) as Bound<UseCases>
}
