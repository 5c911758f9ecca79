import { useState } from 'preact/hooks'
import { Link, useSearchParams } from 'wouter-preact'
import { useCommands } from '../../../keys/commands.ts'
import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { Page } from '../../../parts/page.tsx'
import { useWayBack } from '../filters.ts'
import { isCoach, seesAll } from './coaching.ts'
import { FiguresTab } from './figures-tab.tsx'
import { LinksTab } from './links-tab.tsx'
import { OwnTab } from './own-tab.tsx'
import { SampleTab } from './sample-tab.tsx'
import { SettingsDialog } from './settings-dialog.tsx'

const TABS = { sample: SampleTab, links: LinksTab, figures: FiguresTab, own: OwnTab }
type Tab = keyof typeof TABS

/** Coaching: the sample of the month, its links and figures for coaches and supervisors, and one's own scores for all. */
export function CoachingPage() {
  const [search] = useSearchParams()
  const [isOpen, open] = useState(false)
  const back = useWayBack()
  useCommands(t('coaching.title'), [
    { id: 'coaching-back', label: t('articles.back'), keys: ['u'], run: back },
  ])
  const tabs: readonly Tab[] = seesAll() ? ['sample', 'links', 'figures', 'own'] : ['own', 'figures']
  const shown = tabs.find((each) => each === search.get('tab')) ?? tabs[0] ?? 'own'
  const Shown = TABS[shown]
  return (
    <Page
      title={t('coaching.title')}
      actions={
        <>
          <Button kind="quiet" onClick={() => open(true)}>
            {t(isCoach() ? 'coaching.changeChecklist' : 'coaching.checklist')}
          </Button>
          <ButtonLink href="/">{t('articles.title')}</ButtonLink>
        </>
      }
    >
      <nav class="tabs" aria-label={t('coaching.title')}>
        {tabs.map((each) => (
          <Link
            key={each}
            href={each === tabs[0] ? '/coaching' : `/coaching?tab=${each}`}
            aria-current={each === shown ? 'page' : undefined}
          >
            {t(`coaching.tab-${each}`)}
          </Link>
        ))}
      </nav>
      <Shown />
      {isOpen && <SettingsDialog onClose={() => open(false)} />}
    </Page>
  )
}
