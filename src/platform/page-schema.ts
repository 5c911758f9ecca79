import { type Static, type TSchema, Type } from 'typebox'

/** Query string of a list. */
export const PageQuery = Type.Object({
  cursor: Type.Optional(Type.String({ maxLength: 500, description: '`next` of the previous page' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
})
export type PageQuery = Static<typeof PageQuery>

/** Schema of a page of `item`. */
export function pageOf<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), next: Type.Optional(Type.String()) })
}
