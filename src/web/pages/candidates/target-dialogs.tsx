import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { euros } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { ChooseDialog } from '../../parts/choose-dialog.tsx'
import { confidenceName } from '../articles/names.ts'
import { type ListedCandidate, langOf, titleOf } from './candidate.ts'

const SHOWN = 8

interface TargetDialogProps {
  readonly targets: readonly ListedCandidate[]
  readonly about: string
  onChoose(id: string): void
  onClose(): void
}

/** The candidate that others become part of: the same question, written about once. */
export function MergeDialog({ targets, about, ...rest }: TargetDialogProps) {
  const chosen = new Set(targets.map(({ id }) => id))
  return (
    <ChooseDialog
      {...rest}
      title={t('candidates.mergeTitle', { about })}
      means={t('candidates.mergeMeans')}
      search={t('candidates.mergeSearch')}
      none={t('candidates.mergeNone')}
      find={(text) => {
        const found = useResource<Get<'/api/candidates'>>('/candidates', {
          query: {
            text: text === '' ? targets[0] && titleOf(targets[0]) : text,
            sort: 'relevance',
            language: targets[0]?.language,
            limit: SHOWN + targets.length,
          },
          keepPrevious: true,
        })
        return {
          problem: found.problem,
          choices: found.data?.items
            .filter(({ id }) => !chosen.has(id))
            .slice(0, SHOWN)
            .map((each) => ({
              id: each.id,
              title: titleOf(each),
              lang: langOf(each),
              note: t('candidates.aMonth', { amount: euros(each.worth) }),
            })),
        }
      }}
    />
  )
}

/** The article that answers candidates; those that it was found to be about come first. */
export function LinkDialog({ targets, about, ...rest }: TargetDialogProps) {
  const likely = new Map(
    targets.flatMap(({ article }) => (article === undefined ? [] : [[article.id, article]])),
  )
  return (
    <ChooseDialog
      {...rest}
      title={t('candidates.linkTitle', { about })}
      means={t('candidates.linkMeans')}
      search={t('candidates.linkSearch')}
      none={t('candidates.linkNone')}
      find={(text) => {
        const found = useResource<Get<'/api/articles'>>('/articles', {
          query: { q: text, language: targets[0]?.language, limit: SHOWN },
          keepPrevious: true,
        })
        const others = found.data?.items.filter(({ id }) => text !== '' || !likely.has(id))
        const all = [...(text === '' ? likely.values() : []), ...(others ?? [])].slice(0, SHOWN)
        return {
          problem: found.problem,
          choices:
            found.data &&
            all.map(({ id, title, confidence }) => ({
              id,
              title,
              note: confidenceName(confidence as Parameters<typeof confidenceName>[0]),
            })),
        }
      }}
    />
  )
}
