import { t } from '../../messages/messages.ts'
import { hasRole } from '../../sign-in/session.ts'
import type { Action } from './action-picker.tsx'
import { labelThreads, type Target } from './changes.ts'
import { useFacets, useLabels } from './use-threads.ts'

interface LabelActions {
  readonly actions: readonly Action[]
  /** Whether labels or facets are still on their way. */
  readonly isLoading: boolean
}

/** Every label of a facet as an action on threads, and the way to the labels of the other facets. */
export function useLabelActions(
  targets: readonly Target[],
  facet: string,
  onFacet: (facet: string) => void,
): LabelActions {
  const labels = useLabels(facet)
  const facets = useFacets()
  if (targets.length === 0 || !hasRole('agent', 'knowledge-manager', 'supervisor'))
    return { actions: [], isLoading: false }
  const actions = [
    ...(labels.data?.items ?? []).map(({ name }) => ({
      id: `label ${name}`,
      label: t('threads.labelAs', { facet, label: name }),
      run: () => void labelThreads(targets, facet, name),
    })),
    ...(facets.data?.items ?? [])
      .filter(({ name }) => name !== facet)
      .map(({ name }) => ({
        id: `facet ${name}`,
        label: t('threads.labelOn', { facet: name }),
        run: () => onFacet(name),
      })),
  ]
  return { actions, isLoading: labels.isLoading || facets.isLoading }
}
