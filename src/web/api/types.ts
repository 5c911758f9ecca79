import type { paths } from '#api'

type Paths = paths
type Ok<Operation> = Operation extends { responses: infer Responses }
  ? Responses extends { 200: { content: { 'application/json': infer Body } } }
    ? Body
    : Responses extends { 201: { content: { 'application/json': infer Body } } }
      ? Body
      : never
  : never

/** The answer of the API to `GET` of a path, such as `Get<'/api/threads/{id}'>`. */
export type Get<Path extends keyof Paths> = Paths[Path] extends { get: infer Operation }
  ? Ok<Operation>
  : never

/** The answer to `POST`. */
export type Post<Path extends keyof Paths> = Paths[Path] extends { post: infer Operation }
  ? Ok<Operation>
  : never

/** One of a list of the API. */
export type ItemOf<List> = List extends { items: (infer Item)[] } ? Item : never
