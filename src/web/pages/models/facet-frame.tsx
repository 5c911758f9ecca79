import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Link, useLocation, useSearchParams } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { refresh } from '../../api/resource.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Loaded, Note, ProblemNote } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { type About, pathOf, train, useModels, useVersions, type Version } from './resources.ts'

const TABS = [
  { path: '/', label: 'models.versions' },
  { path: '/labels', label: 'models.labels' },
  { path: '/confusion', label: 'models.confusion' },
  { path: '/reliability', label: 'models.reliability' },
  { path: '/budget', label: 'models.budget' },
  { path: '/curve', label: 'models.curve' },
  { path: '/compare', label: 'models.compare' },
] as const

/** Pages that are about one version. */
const OF_A_VERSION: readonly string[] = ['/labels', '/confusion', '/reliability', '/budget']

/** What the pages about a facet's models have in common: its name, its tabs, the version, and training it anew. */
export function FacetFrame({
  facet,
  path,
  children,
}: {
  readonly facet: string
  readonly path: string
  children(about: About): ComponentChildren
}) {
  const versions = useVersions(facet)
  const [params, setParams] = useSearchParams()
  return (
    <Page
      title={t('models.titleOf', { facet })}
      actions={
        <>
          <FacetChoice facet={facet} path={path} />
          {hasRole('supervisor') && versions.data !== undefined && (
            <TrainNow facet={facet} newest={versions.data[0]?.version ?? 0} isPrimary={path === '/'} />
          )}
        </>
      }
    >
      <nav class="tabs" aria-label={t('models.pages')}>
        {TABS.map((tab) => (
          <Link key={tab.path} href={tab.path} aria-current={tab.path === path ? 'page' : undefined}>
            {t(tab.label)}
          </Link>
        ))}
      </nav>
      <Loaded resource={versions}>
        {(items) => {
          const version = chosen(items, params.get('version'))
          if (version === undefined) return <Untrained />
          return (
            <>
              {OF_A_VERSION.includes(path) && items.length > 1 && (
                <div class="model-choice">
                  <SelectField
                    label={t('models.shownVersion')}
                    value={String(version.version)}
                    choices={items.map((each) => ({
                      value: String(each.version),
                      label: t('models.versionAs', {
                        version: each.version,
                        status: t(`models.${each.status}`),
                      }),
                    }))}
                    onChoose={(value) => setParams({ version: value })}
                  />
                </div>
              )}
              {children({ facet, versions: items, version })}
              {versions.hasMore && (
                <div>
                  <Button isDisabled={versions.isLoadingMore} onClick={versions.loadMore}>
                    {t('models.earlierVersions')}
                  </Button>
                </div>
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function chosen(versions: readonly Version[], asked: string | null): Version | undefined {
  return (
    versions.find(({ version }) => String(version) === asked) ??
    versions.find(({ status }) => status === 'active') ??
    versions[0]
  )
}

function Untrained() {
  return (
    <Empty title={t('models.untrained')}>
      <p>{t('models.untrainedHint')}</p>
    </Empty>
  )
}

function FacetChoice({ facet, path }: { readonly facet: string; readonly path: string }) {
  const { data } = useModels()
  const [, go] = useLocation()
  if (data === undefined || data.items.length < 2) return null
  return (
    <select
      class="input model-facet"
      aria-label={t('models.facet')}
      value={facet}
      onChange={({ currentTarget }) =>
        go(`~/app/models/${encodeURIComponent(currentTarget.value)}${path === '/' ? '' : path}`)
      }
    >
      {data.items.map((each) => (
        <option key={each.facet} value={each.facet} selected={each.facet === facet}>
          {each.facet}
        </option>
      ))}
    </select>
  )
}

/** How often it is asked whether a training has ended, should no event tell. */
const ASK_MS = 5_000

/** Training takes its time on the server: the page says that it is waited for, and what came of it. */
function TrainNow({
  facet,
  newest,
  isPrimary,
}: {
  readonly facet: string
  /** Number of the newest version: each training ends with another. */
  readonly newest: number
  readonly isPrimary: boolean
}) {
  const [askedAt, setAskedAt] = useState<number>()
  const training = useAction(async () => {
    await train(facet)
    setAskedAt(newest)
  })
  const isAwaited = askedAt !== undefined && newest <= askedAt
  useEffect(() => {
    if (!isAwaited) return
    const timer = setInterval(() => refresh(pathOf(facet, 'versions')), ASK_MS)
    return () => clearInterval(timer)
  }, [facet, isAwaited])
  return (
    <>
      {training.problem && <ProblemNote problem={training.problem} />}
      <div role="status">
        {askedAt !== undefined && (
          <Note kind={isAwaited ? undefined : 'good'}>
            {t(isAwaited ? 'models.training' : 'models.trained')}
          </Note>
        )}
      </div>
      <Button
        kind={isPrimary ? 'primary' : undefined}
        isDisabled={training.isRunning || isAwaited}
        onClick={() => void training.run()}
      >
        {t('models.train')}
      </Button>
    </>
  )
}
