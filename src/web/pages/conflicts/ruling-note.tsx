import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh } from '../../api/resource.ts'
import type { Post } from '../../api/types.ts'
import { useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import { type Conflict, nameOf } from './conflict.ts'
import type { RulingInput } from './ruling-form.tsx'

/** A ruling just made, while the next conflict is shown already. */
export interface Ruled {
  readonly conflict: Conflict
  readonly input: RulingInput
  readonly key: number
}

type Ruling = Post<'/api/conflicts/{id}/ruling'>['ruling']

/** Sends a ruling, and tells what became of it: saved, with its undo, or refused and why. */
export function RulingNote({ ruled, onClose }: { readonly ruled: Ruled; onClose(): void }) {
  const { conflict, input, key } = ruled
  const [ruling, setRuling] = useState<Ruling>()
  const [isUndone, setUndone] = useState(false)
  const rule = useAction(async () => {
    const path = `/conflicts/${encodeURIComponent(conflict.id)}/ruling` as const
    const { data } = await call<Post<'/api/conflicts/{id}/ruling'>>('POST', path, {
      body: input,
      idempotencyKey: `${conflict.id} ${key}`,
    })
    setRuling(data.ruling)
    refresh('/conflicts', `/threads/${conflict.threadId}`, '/facets')
  })
  const undo = useAction(async () => {
    if (ruling === undefined) return
    await call('DELETE', `/annotations/${encodeURIComponent(ruling.id)}`)
    setUndone(true)
    refresh('/conflicts', `/threads/${conflict.threadId}`)
  })
  useEffect(() => {
    setRuling(undefined)
    setUndone(false)
    void rule.run()
  }, [key])
  useCommands(
    t('conflicts.ruling'),
    [{ id: 'conflict-undo', label: t('parts.undo'), keys: ['z', 'Backspace'], run: () => void undo.run() }],
    ruling !== undefined && !isUndone,
  )
  const values = { label: input.label, title: nameOf(conflict) }
  return (
    <div class="stack stack-tight">
      <div class="row row-apart conflict-ruled">
        <p role="status">
          {isUndone
            ? t('conflicts.undone', values)
            : t(ruling === undefined ? 'conflicts.ruling-sent' : 'conflicts.ruled', values)}
        </p>
        <span class="row">
          {rule.problem !== undefined && <Link href={`/${conflict.id}`}>{t('conflicts.backToIt')}</Link>}
          {ruling !== undefined && !isUndone && (
            <Button kind="quiet" keys="z" isDisabled={undo.isRunning} onClick={() => void undo.run()}>
              {t('parts.undo')}
            </Button>
          )}
          <Button kind="quiet" icon="x" label={t('parts.close')} onClick={onClose} />
        </span>
      </div>
      {rule.problem && <ProblemNote problem={rule.problem} onRetry={() => void rule.run()} />}
      {undo.problem && <ProblemNote problem={undo.problem} onRetry={() => void undo.run()} />}
    </div>
  )
}
