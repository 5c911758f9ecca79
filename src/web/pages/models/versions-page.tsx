import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { moment, number, percent } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { type About, activate, type Version } from './resources.ts'
import { type Done, UndoNote } from './undo-note.tsx'
import { VersionStatus } from './version-status.tsx'

/** The versions of a facet, newest first, with what the gate said of each. */
export function VersionsPage({ facet, versions }: About) {
  const [done, setDone] = useState<Done>()
  const active = versions.find(({ status }) => status === 'active')
  const change = useAction(async (to: Version) => {
    await activate(facet, to.version)
    setDone(
      active && {
        sentence: t('models.activated', { version: to.version }),
        undo: () => void goBack.run(active),
      },
    )
  })
  const goBack = useAction(async (to: Version) => {
    await activate(facet, to.version)
    setDone(undefined)
  })
  const problem = change.problem ?? goBack.problem
  return (
    <>
      {problem && <ProblemNote problem={problem} />}
      <UndoNote done={done} />
      <ol class="versions">
        {versions.map((version) => (
          <VersionRow
            key={version.version}
            version={version}
            active={active}
            isDisabled={change.isRunning || goBack.isRunning}
            onActivate={() => void change.run(version)}
          />
        ))}
      </ol>
    </>
  )
}

function VersionRow({
  version,
  active,
  isDisabled,
  onActivate,
}: {
  readonly version: Version
  readonly active: Version | undefined
  readonly isDisabled: boolean
  onActivate(): void
}) {
  const isActive = version.version === active?.version
  return (
    <li class="version-row">
      <div class="row row-apart">
        <h2 class="row">
          {t('models.version', { version: version.version })}
          <VersionStatus status={version.status} />
        </h2>
        <div class="row">
          {active && !isActive && (
            <Link href={`/compare?version=${version.version}&other=${active.version}`}>
              {t('models.compareWithActive')}
            </Link>
          )}
          {!isActive && hasRole('supervisor') && (
            <Button isDisabled={isDisabled} onClick={onActivate}>
              {t(activation(version, active), { version: version.version })}
            </Button>
          )}
        </div>
      </div>
      <p class="prose">{version.sentence === undefined ? version.reason : inLanguage(version.sentence)}</p>
      <p class="muted small">
        {t('models.about', {
          trained: moment(version.createdAt),
          threads: version.trainedOn,
          labels: number(version.labels),
          accuracy: percent(version.accuracy, 1),
          coverage: percent(version.coverage, 1),
        })}
      </p>
    </li>
  )
}

/** What activating a version is called: going back to it, overruling the gate, or neither. */
function activation(version: Version, active: Version | undefined) {
  if (version.status === 'rejected') return 'models.activateAnyway'
  return active !== undefined && version.version < active.version ? 'models.rollBack' : 'models.activate'
}
