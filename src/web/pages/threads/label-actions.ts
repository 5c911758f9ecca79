import { t } from '../../messages/messages.ts'
import { hasRole } from '../../sign-in/session.ts'
import type { Action } from './action-picker.tsx'
import { labelThreads, type Target } from './changes.ts'
import { useFacets, useLabels } from './use-threads.ts'

/** Every label of a facet as an action on threads, and the way to the labels of the other facets. */
export function useLabelActions(
  targets: readonly Target[],
  facet: string,
  onFacet: (facet: string) => void,
): readonly Action[] {
  const labels = useLabels(facet).data?.items ?? []
  const facets = useFacets().data?.items ?? []
  if (targets.length === 0 || !hasRole('agent', 'knowledge-manager', 'supervisor')) return []
  return [
    ...labels.map(({ name }) => ({
      id: `label ${name}`,
      label: t('threads.labelAs', { facet, label: name }),
      run: () => void labelThreads(targets, facet, name),
    })),
    ...facets
      .filter(({ name }) => name !== facet)
      .map(({ name }) => ({
        id: `facet ${name}`,
        label: t('threads.labelOn', { facet: name }),
        run: () => onFacet(name),
      })),
  ]
}
