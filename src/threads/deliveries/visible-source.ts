import { type Actor, visibleTo } from '../../access/index.ts'
import { threadErrors } from '../errors.ts'
import type { Source, SourceStore } from '../source-store.ts'
import { deliveryErrors } from './errors.ts'

/**
 * The source of this name; to whoever does not see its threads there is none.
 *
 * @throws CodedError SOURCE_UNKNOWN
 */
export async function requireVisible(
  sources: Pick<SourceStore, 'require'>,
  name: string,
  actor: Actor,
): Promise<Source> {
  return seen(await sources.require(name), actor)
}

/**
 * The source of this name, made when there is none: nobody makes one that they would not see.
 *
 * @throws CodedError SOURCE_UNKNOWN, SOURCE_AUDIENCE_TOO_CLOSE
 */
export async function ensureVisible(
  sources: Pick<SourceStore, 'find' | 'ensure'>,
  wanted: Pick<Source, 'name' | 'format' | 'audience'>,
  actor: Actor,
): Promise<Source> {
  const { audience } = wanted
  if ((await sources.find(wanted.name)) === undefined && !visibleTo(actor.audience).includes(audience))
    throw deliveryErrors.SOURCE_AUDIENCE_TOO_CLOSE({ audience })
  return seen(await sources.ensure(wanted), actor)
}

function seen(source: Source, actor: Actor): Source {
  if (!visibleTo(actor.audience).includes(source.audience))
    throw threadErrors.SOURCE_UNKNOWN({ name: source.name })
  return source
}
