/** Who may see a thing, from the closest circle to everyone. */
export const AUDIENCES = ['internal', 'partner', 'customer', 'public'] as const
export type Audience = (typeof AUDIENCES)[number]

/** The audiences whose things a reader of this audience may see: its own and every wider one. Belongs inside queries. */
export function visibleTo(reader: Audience): readonly Audience[] {
  return AUDIENCES.slice(AUDIENCES.indexOf(reader))
}
