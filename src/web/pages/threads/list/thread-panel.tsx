import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { Loaded } from '../../../parts/states.tsx'
import { PromoteButton } from '../../articles/promote-button.tsx'
import { Decisions, Routing } from '../decisions.tsx'
import type { FilterState } from '../filters.ts'
import { Posts } from '../posts.tsx'
import { Protection } from '../protection.tsx'
import { isPromotable, nameOf } from '../thread.ts'
import { Curated, ThreadFacts, ThreadLoaded } from '../thread-parts.tsx'
import { useThread, useTriage } from '../use-threads.ts'

/** The thread beside the list. */
export function ThreadPanel({
  id,
  state,
  onClose,
}: {
  readonly id: string
  readonly state: FilterState
  onClose(): void
}) {
  const thread = useThread(id)
  return (
    <aside class="threads-panel stack" aria-label={t('threads.thread')}>
      <div class="row row-apart">
        <ButtonLink href={`/${id}`} keys="e">
          {t('threads.openPage')}
        </ButtonLink>
        <Button kind="quiet" icon="x" label={t('parts.close')} onClick={onClose} />
      </div>
      <ThreadLoaded resource={thread} back={state.addressWith({ open: undefined })}>
        {(shown) => (
          <>
            <h2 class="threads-title" lang={shown.language === 'und' ? undefined : shown.language}>
              {nameOf(shown)}
            </h2>
            <ThreadFacts thread={shown} />
            <Curated thread={shown} />
            {shown.protection !== undefined && <Protection protection={shown.protection} />}
            <Posts thread={shown} authorAddress={(author) => state.addressWith({ author })} />
            <WhatIsDecided id={id} />
            {isPromotable(shown) && <PromoteButton threadId={id} />}
          </>
        )}
      </ThreadLoaded>
    </aside>
  )
}

function WhatIsDecided({ id }: { readonly id: string }) {
  const triage = useTriage(id)
  return (
    <Loaded resource={triage}>
      {(known) => (
        <>
          <Decisions triage={known} />
          <Routing triage={known} />
        </>
      )}
    </Loaded>
  )
}
