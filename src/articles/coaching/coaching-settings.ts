import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { ArticleDeps } from '../deps.ts'
import { type ChecklistPoint, requireCoach } from './coaching.ts'
import { DEFAULT_POINTS } from './default-points.ts'
import { coachingErrors } from './errors.ts'

export interface CoachingSettings {
  readonly points: readonly ChecklistPoint[]
  /** Articles of one author in the sample of a month. */
  readonly perPerson: number
  /** Links in the sample of a month. */
  readonly links: number
}

/** The settings in force; version 0 is what they are until somebody changes them. */
export interface StoredCoachingSettings {
  readonly version: number
  readonly settings: CoachingSettings
}

const DEFAULTS: CoachingSettings = { points: DEFAULT_POINTS, perPerson: 5, links: 30 }

interface Row {
  version: number
  settings: string
  actor_id: string
  actor_name: string
  at: string
}

export type CoachingSettingsStore = ReturnType<typeof createCoachingSettings>

/** The settings of coaching, each version a row: earlier checklists are needed to read earlier scores. */
export function createCoachingSettings(db: Database, clock: Clock) {
  const rows = () => db.sql<Row>('article_coaching_settings')

  return {
    async current(): Promise<StoredCoachingSettings> {
      const row = await rows().orderBy('version', 'desc').first()
      if (row === undefined) return { version: 0, settings: DEFAULTS }
      return { version: row.version, settings: JSON.parse(row.settings) }
    },

    /** The points of these versions of the checklist. */
    async pointsOf(versions: readonly number[]): Promise<Map<number, readonly ChecklistPoint[]>> {
      const found = await rows().whereIn('version', [...new Set(versions)])
      const points = new Map<number, readonly ChecklistPoint[]>([[0, DEFAULTS.points]])
      for (const { version, settings } of found) {
        const stored: CoachingSettings = JSON.parse(settings)
        points.set(version, stored.points)
      }
      return points
    },

    /** @returns whether the version was free: somebody else may have taken it */
    async add({ version, settings }: StoredCoachingSettings, actor: Actor): Promise<boolean> {
      const added = await rows()
        .insert({
          version,
          settings: JSON.stringify(settings),
          actor_id: actor.id,
          actor_name: actor.name,
          at: isoNow(clock),
        })
        .onConflict('version')
        .ignore()
        .returning('version')
      return added.length > 0
    },
  }
}

/**
 * Replaces the checklist and the sizes of samples. Earlier scores keep the checklist that they were given by.
 *
 * @param basedOn the version that was read
 * @throws CodedError COACHING_NEEDS_COACH, COACHING_POINTS_REPEATED, COACHING_SETTINGS_CONFLICT
 */
export async function changeCoachingSettings(
  deps: Pick<ArticleDeps, 'db' | 'audit'> & { readonly coachingSettings: CoachingSettingsStore },
  {
    settings,
    basedOn,
    actor,
  }: { readonly settings: CoachingSettings; readonly basedOn: number; readonly actor: Actor },
): Promise<StoredCoachingSettings> {
  requireCoach(actor)
  const ids = settings.points.map(({ id }) => id)
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at)
  if (repeated !== undefined) throw coachingErrors.COACHING_POINTS_REPEATED({ id: repeated })
  return deps.db.transaction(async () => {
    const before = await deps.coachingSettings.current()
    const next = { version: basedOn + 1, settings }
    const isFree = before.version === basedOn && (await deps.coachingSettings.add(next, actor))
    if (!isFree) {
      const { version } = await deps.coachingSettings.current()
      throw coachingErrors.COACHING_SETTINGS_CONFLICT({ version })
    }
    await deps.audit.record('article.coaching-settings-changed', actor, 'article-settings', {
      before: before.settings,
      after: settings,
    })
    return next
  })
}
