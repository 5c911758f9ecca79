import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import type { Rule } from './rule-set.ts'

/** Moves, edits and removes a rule. */
export function RuleButtons({
  rule,
  isFirst,
  isLast,
  onMove,
  onEdit,
  onRemove,
}: {
  readonly rule: Rule
  readonly isFirst: boolean
  readonly isLast: boolean
  onMove(by: -1 | 1): void
  onEdit(): void
  onRemove(): void
}) {
  const { name } = rule
  const buttons = useRef<HTMLDivElement>(null)
  const move = useMove(buttons, onMove)
  return (
    <div class="row" ref={buttons}>
      <Button
        kind="quiet"
        icon="arrow-up"
        label={t('routing.up', { name })}
        isDisabled={isFirst}
        onClick={() => move(-1)}
      />
      <Button
        kind="quiet"
        icon="arrow-down"
        label={t('routing.down', { name })}
        isDisabled={isLast}
        onClick={() => move(1)}
      />
      <Button kind="quiet" onClick={onEdit}>
        {t('parts.edit')}
        <span class="visually-hidden"> {name}</span>
      </Button>
      <Button kind="quiet" icon="trash-2" label={t('routing.remove', { name })} onClick={onRemove} />
    </div>
  )
}

/** Moves a rule and keeps the focus on its arrow, or on the other one where it can go no further. */
function useMove(buttons: RefObject<HTMLDivElement>, onMove: (by: -1 | 1) => void): (by: -1 | 1) => void {
  const moved = useRef<-1 | 1>()
  useLayoutEffect(() => {
    const by = moved.current
    if (by === undefined) return
    moved.current = undefined
    const [up, down] = buttons.current?.querySelectorAll('button') ?? []
    const [same, other] = by === -1 ? [up, down] : [down, up]
    const next = same?.disabled ? other : same
    next?.focus()
  })
  return (by) => {
    moved.current = by
    onMove(by)
  }
}
