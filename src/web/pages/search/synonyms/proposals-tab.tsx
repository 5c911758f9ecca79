import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import type { Get } from '../../../api/types.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Empty, Loaded, ProblemNote } from '../../../parts/states.tsx'
import { EntryForm } from './entry-form.tsx'
import type { Proposal, Synonyms } from './synonyms.ts'
import { WordList } from './word-list.tsx'

/** Words that titles exchange, to be accepted or declined. */
export function ProposalsTab() {
  const proposals = useResource<Get<'/api/search/synonyms/proposals'>>('/search/synonyms/proposals')
  return (
    <Loaded resource={proposals}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('synonyms.noProposals')}>
            <p>{t('synonyms.noProposalsHint')}</p>
          </Empty>
        ) : (
          <ul class="synonyms-proposals">
            {items.map((proposal) => (
              <Proposed key={proposal.words.map(({ text }) => text).join(' ')} proposal={proposal} />
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function Proposed({ proposal: { words, origin, pairs, examples } }: { readonly proposal: Proposal }) {
  const { data: current } = useResource<Synonyms>('/search/synonyms', { query: { limit: 1 }, staleMs: 0 })
  const [isOpen, open] = useState(false)
  const decline = useAction(async () => {
    await call('POST', '/search/synonyms/proposals/decline', { body: { words } })
    refresh('/search/synonyms/proposals')
  })
  return (
    <li class="stack stack-tight">
      <WordList words={words} />
      <p class="small muted">{t(`synonyms.origin-${origin}`, { count: pairs, shown: number(pairs) })}</p>
      <ul>
        {examples.map(({ titles }) => (
          <li key={titles.map(({ id }) => id).join(' ')}>
            {titles.map(({ id, title, language }, at) => (
              <span key={id}>
                {at > 0 && ' ↔ '}
                <span lang={language === 'und' ? undefined : language}>{title}</span>
              </span>
            ))}
          </li>
        ))}
      </ul>
      <div class="row">
        <Button icon="check" isDisabled={current === undefined} onClick={() => open(true)}>
          {t('synonyms.accept')}
        </Button>
        <Button icon="x" isDisabled={decline.isRunning} onClick={() => void decline.run()}>
          {t('synonyms.decline')}
        </Button>
      </div>
      {decline.problem && <ProblemNote problem={decline.problem} />}
      {isOpen && current !== undefined && (
        <EntryForm
          title={t('synonyms.accept')}
          version={current.version}
          proposed={words}
          onClose={() => open(false)}
        />
      )}
    </li>
  )
}
