import { useEffect } from 'preact/hooks'
import { call } from '../../../api/client.ts'
import { queries, type Resource, refresh, remember, useResource } from '../../../api/resource.ts'
import type { TranslatedPassage, Translation } from './translation.ts'

/** How often the page asks who works on what; saved texts are told by events. */
const LOOK_AGAIN_MS = 5_000

export interface TranslationWork {
  readonly resource: Resource<Translation>
  /** @throws Problem */
  lock(passageId: string): Promise<TranslatedPassage>
  release(passageId: string): void
  /** @throws Problem */
  save(passageId: string, text: string, version: number): Promise<TranslatedPassage>
  /** Asks the company’s service. @returns how many passages were not sent @throws Problem */
  propose(passages?: readonly string[]): Promise<number>
}

/** A translation, and what its translators do with it. */
export function useTranslation(id: string): TranslationWork {
  const path = `/articles/${id}/translation`
  const resource = useResource<Translation>(path)
  const again = resource.refresh
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again()
    }, LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [id])

  /** Shows what the server answered, over what is on its way. */
  function put(passage: TranslatedPassage): TranslatedPassage {
    void queries.cancelQueries({ queryKey: [path, ''] })
    const known = queries.getQueryData<{ data: Translation }>([path, ''])?.data
    if (known !== undefined)
      remember<Translation>(path, {
        ...known,
        title: passage.section === 'title' ? passage.text : known.title,
        passages: known.passages.map((each) => (each.id === passage.id ? passage : each)),
      })
    return passage
  }
  const at = (passageId: string) => `${path}/passages/${passageId}`

  return {
    resource,
    lock: async (passageId) => put((await call<TranslatedPassage>('PUT', `${at(passageId)}/lock`)).data),
    release(passageId) {
      call('DELETE', `${at(passageId)}/lock`, { outlivesPage: true }).then(
        () => refresh(path),
        // It ends by itself.
        () => {},
      )
    },
    async save(passageId, text, version) {
      const { data } = await call<TranslatedPassage>('PUT', at(passageId), { body: { text, version } })
      refresh('/translations')
      return put(data)
    },
    async propose(passages) {
      const { data } = await call<{ translation: Translation; withheld: readonly string[] }>(
        'POST',
        `${path}/proposals`,
        { body: { passages } },
      )
      remember(path, data.translation)
      return data.withheld.length
    },
  }
}
