import { Link } from 'wouter-preact'
import { usual } from '../../keys/catalogue.ts'
import { useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import { titleOf } from '../../parts/title.ts'
import { closeRuling, type Ruled, rulings, sendRuling, undoRuling } from './rulings.ts'

/** The latest ruling, and those before it that the server does not have: each with its undo, or why it was refused. */
export function RulingNotes() {
  const shown = rulings.value.filter(
    ({ rulingId, problem }, at) => at === 0 || rulingId === undefined || problem !== undefined,
  )
  const latest = shown.find(({ rulingId, isUndone }) => rulingId !== undefined && !isUndone)
  useCommands(
    t('conflicts.ruling'),
    [
      {
        ...usual('conflict-undo'),
        run: () => void (latest && undoRuling(latest)),
      },
    ],
    latest !== undefined,
  )
  return (
    <>
      {shown.map((ruled) => (
        <RulingNote key={ruled.key} ruled={ruled} hasKey={ruled === latest} />
      ))}
    </>
  )
}

function RulingNote({ ruled, hasKey }: { readonly ruled: Ruled; readonly hasKey: boolean }) {
  const { conflict, input, rulingId, isBusy, isUndone, problem } = ruled
  const values = { label: input.label, title: titleOf(conflict) }
  const again = () => void (rulingId === undefined ? sendRuling(ruled) : undoRuling(ruled))
  return (
    <div class="stack stack-tight">
      <div class="row row-apart conflict-ruled">
        <p role="status">
          {isUndone
            ? t('conflicts.undone', values)
            : t(rulingId === undefined ? 'conflicts.ruling-sent' : 'conflicts.ruled', values)}
        </p>
        <span class="row">
          {rulingId === undefined && problem !== undefined && (
            <Link href={`/${conflict.id}`}>{t('conflicts.backToIt')}</Link>
          )}
          {rulingId !== undefined && !isUndone && (
            <Button
              kind="quiet"
              keys={hasKey ? 'z' : undefined}
              isDisabled={isBusy}
              onClick={() => void undoRuling(ruled)}
            >
              {t('parts.undo')}
            </Button>
          )}
          <Button kind="quiet" icon="x" label={t('parts.close')} onClick={() => closeRuling(ruled)} />
        </span>
      </div>
      {problem && <ProblemNote problem={problem} onRetry={again} />}
    </div>
  )
}
