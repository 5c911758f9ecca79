import type { Audience } from '../../access/audience.ts'
import type { VersionFigureDeps } from './deps.ts'

/** How many threads were asked in some days. */
export interface Volume {
  readonly posts: number
  readonly days: number
  readonly perDay: number
  readonly since: string
  readonly until: string
  /** The source that was counted; all if absent. */
  readonly source?: string | undefined
}

const DAYS = 30
const DAY_MS = 86_400_000

/**
 * The threads that the reader may see, asked in the last thirty days; if none were, such as in an archive, in the thirty
 * days before the latest one.
 */
export async function readVolume(
  { threadCounts, clock }: Pick<VersionFigureDeps, 'threadCounts' | 'clock'>,
  {
    reader,
    source,
  }: {
    readonly reader: Audience
    readonly source: { readonly id: string; readonly name: string } | undefined
  },
): Promise<Volume> {
  const among = { reader, sourceId: source?.id }
  const count = async (until: Date): Promise<Volume> => {
    const since = new Date(until.getTime() - DAYS * DAY_MS)
    const posts = await threadCounts.asked({ since, until }, among)
    return {
      posts,
      days: DAYS,
      perDay: posts / DAYS,
      since: since.toISOString(),
      until: until.toISOString(),
      source: source?.name,
    }
  }
  const now = clock.now()
  const recent = await count(now)
  if (recent.posts > 0) return recent
  const last = await threadCounts.lastAsked(now, among)
  return last === undefined ? recent : count(last)
}
