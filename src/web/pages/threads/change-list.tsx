import { usual } from '../../keys/catalogue.ts'
import { useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import { changes, happened, refusal, undoChange } from './changes.ts'

/** The last changes to threads, each with its undo; and why the latest was refused. */
export function ChangeList() {
  const [latest, ...earlier] = changes.value
  useCommands(
    t('threads.changes'),
    [{ ...usual('threads-undo'), run: () => void undoChange() }],
    latest !== undefined,
  )
  return (
    <>
      <p class="visually-hidden" aria-live="polite">
        {happened.value}
      </p>
      {refusal.value !== undefined && <ProblemNote problem={refusal.value} />}
      {latest !== undefined && (
        <section class="threads-changes stack stack-tight" aria-label={t('threads.changes')}>
          <div class="row">
            <span>{latest.what}</span>
            <Button kind="quiet" icon="rotate-ccw" keys="z" onClick={() => void undoChange(latest)}>
              {t('parts.undo')}
            </Button>
          </div>
          {earlier.length > 0 && (
            <details>
              <summary class="small muted">{t('threads.earlier', { count: earlier.length })}</summary>
              <ul>
                {earlier.map((change) => (
                  <li key={change.id} class="row small">
                    <span>{change.what}</span>
                    <Button kind="quiet" onClick={() => void undoChange(change)}>
                      {t('parts.undo')}
                    </Button>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </section>
      )}
    </>
  )
}
