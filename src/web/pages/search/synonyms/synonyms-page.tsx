import { useState } from 'preact/hooks'
import { Link, useSearchParams } from 'wouter-preact'
import { useResource } from '../../../api/resource.ts'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Page } from '../../../parts/page.tsx'
import { Tabs } from '../tabs.tsx'
import { EntriesTab } from './entries-tab.tsx'
import { EntryForm } from './entry-form.tsx'
import { ImportForm } from './import-form.tsx'
import { ProposalsTab } from './proposals-tab.tsx'
import type { Synonyms } from './synonyms.ts'
import { VersionsTab } from './versions-tab.tsx'

const TABS = { entries: EntriesTab, proposals: ProposalsTab, versions: VersionsTab }
type Tab = keyof typeof TABS

/** What searches look for beside the words that people ask with; which tab stands in the address. */
export function SynonymsPage() {
  const [search] = useSearchParams()
  const [opened, open] = useState<'add' | 'import'>()
  const current = useResource<Synonyms>('/search/synonyms', { query: { limit: 1 }, staleMs: 0 })
  const tabs = Object.keys(TABS) as Tab[]
  const shown = tabs.find((each) => each === search.get('tab')) ?? 'entries'
  const Shown = TABS[shown]
  const version = current.data?.version
  const close = () => open(undefined)
  useCommands(t('synonyms.title'), [{ ...usual('synonyms-add'), run: () => open('add') }])
  return (
    <Page
      title={t('synonyms.title')}
      actions={
        <>
          <a class="button" href="/api/search/synonyms/export" download>
            <Icon name="download" />
            {t('synonyms.export')}
          </a>
          <Button icon="upload" isDisabled={version === undefined} onClick={() => open('import')}>
            {t('synonyms.import')}
          </Button>
          <Button
            kind="primary"
            icon="plus"
            keys="a"
            isDisabled={version === undefined}
            onClick={() => open('add')}
          >
            {t('synonyms.add')}
          </Button>
        </>
      }
    >
      <Tabs current="synonyms" />
      <p class="muted prose">{t('synonyms.purpose')}</p>
      <nav class="tabs" aria-label={t('synonyms.title')}>
        {tabs.map((each) => (
          <Link
            key={each}
            href={each === 'entries' ? '/synonyms' : `/synonyms?tab=${each}`}
            aria-current={each === shown ? 'page' : undefined}
          >
            {t(`synonyms.tab-${each}`)}
          </Link>
        ))}
      </nav>
      <Shown />
      {opened === 'add' && version !== undefined && (
        <EntryForm title={t('synonyms.add')} version={version} onClose={close} />
      )}
      {opened === 'import' && version !== undefined && <ImportForm version={version} onClose={close} />}
    </Page>
  )
}
