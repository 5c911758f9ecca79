import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { useEndless } from '../../../api/endless.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import type { Get } from '../../../api/types.ts'
import { moment, number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Badge, Loaded, ProblemNote } from '../../../parts/states.tsx'
import { type Column, PagedTable } from '../../../parts/table.tsx'
import type { Version } from './synonyms.ts'

/** Who saved the synonyms and when, what each version changed, and the way back. */
export function VersionsTab() {
  const versions = useEndless<Version>('/search/synonyms/versions', { limit: 50 })
  const inForce = versions.data?.[0]?.version ?? 0
  const columns: readonly Column<Version>[] = [
    {
      heading: t('synonyms.version'),
      show: ({ version, restoredFrom }) => (
        <>
          {version === 0 ? t('synonyms.beginning') : number(version)}{' '}
          {version === inForce && <Badge kind="good">{t('synonyms.inForce')}</Badge>}
          {restoredFrom !== undefined && (
            <p class="small muted">
              {restoredFrom === 0
                ? t('synonyms.restoredBeginning')
                : t('synonyms.restoredFrom', { version: number(restoredFrom) })}
            </p>
          )}
        </>
      ),
    },
    { heading: t('synonyms.savedBy'), show: ({ actor }) => actor?.name },
    { heading: t('synonyms.savedAt'), show: ({ createdAt }) => createdAt !== undefined && moment(createdAt) },
    { heading: t('synonyms.entries'), isNumber: true, show: ({ entries }) => number(entries) },
    {
      heading: t('synonyms.changed'),
      show: (version) => version.version > 0 && <Changes version={version} />,
    },
    {
      heading: t('synonyms.actions'),
      isActions: true,
      show: ({ version }) => version !== inForce && <Restore version={version} inForce={inForce} />,
    },
  ]
  return (
    <PagedTable
      caption={t('synonyms.tab-versions')}
      pages={versions}
      columns={columns}
      keyOf={({ version }) => String(version)}
      // There always is the beginning.
      empty={null}
    />
  )
}

function Changes({ version: { version, added, removed } }: { readonly version: Version }) {
  const [isOpen, open] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => open(currentTarget.open)}>
      <summary>{t('synonyms.counts', { added: number(added), removed: number(removed) })}</summary>
      {isOpen && <Lines version={version} />}
    </details>
  )
}

/** Of thousands, enough to know them by. */
const MOST_LINES = 200

function Lines({ version }: { readonly version: number }) {
  const changes = useResource<Get<'/api/search/synonyms/versions/{version}'>>(
    `/search/synonyms/versions/${version}`,
  )
  return (
    <Loaded resource={changes}>
      {({ added, removed }) => (
        <ul class="synonyms-lines">
          {added.slice(0, MOST_LINES).map((line) => (
            <li key={line}>+ {line}</li>
          ))}
          {removed.slice(0, MOST_LINES).map((line) => (
            <li key={line}>− {line}</li>
          ))}
          {added.length + removed.length > 2 * MOST_LINES && <li>…</li>}
        </ul>
      )}
    </Loaded>
  )
}

function Restore({ version, inForce }: { readonly version: number; readonly inForce: number }) {
  const restore = useAction(async () => {
    await call('POST', `/search/synonyms/versions/${version}/restore`, { ifMatch: `"${inForce}"` })
    refresh('/search')
  })
  return (
    <>
      <Button icon="rotate-ccw" isDisabled={restore.isRunning} onClick={() => void restore.run()}>
        {t('synonyms.restore')}
      </Button>
      {restore.problem && <ProblemNote problem={restore.problem} />}
    </>
  )
}
