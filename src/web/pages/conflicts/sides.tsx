import { Link } from 'wouter-preact'
import { day, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Badge } from '../../parts/states.tsx'
import type { Reason, Side } from './conflict.ts'

/** The labels of a conflict for those who may not rule. */
export function Sides({ sides }: { readonly sides: readonly Side[] }) {
  return (
    <ul class="stack">
      {sides.map((side) => (
        <li key={side.label} class="conflict-side stack stack-tight">
          <SideText side={side} />
        </li>
      ))}
    </ul>
  )
}

/** A label, and what speaks for it. */
export function SideText({ side: { label, isInForce, reasons } }: { readonly side: Side }) {
  return (
    <>
      <span class="row">
        <strong>{label}</strong>
        {isInForce && <Badge>{t('conflicts.inForce')}</Badge>}
      </span>
      {reasons.map((reason) => (
        <ReasonText key={JSON.stringify(reason)} reason={reason} />
      ))}
    </>
  )
}

function ReasonText({ reason }: { readonly reason: Reason }) {
  switch (reason.kind) {
    case 'annotation':
      return (
        <span class="small muted">
          {t(reason.blind ? 'conflicts.gaveBlind' : 'conflicts.gave', {
            name: reason.name,
            provenance: t(`conflicts.by-${reason.provenance}`),
            date: day(reason.at),
          })}
          {reason.note !== undefined && <q class="conflict-note">{reason.note}</q>}
        </span>
      )
    case 'model':
      return (
        <span class="small muted">
          {t('conflicts.modelFinds', { chance: percent(reason.ownConfidence, 1) })}
        </span>
      )
    case 'near-duplicate':
      return (
        <span class="small muted">
          {t('conflicts.likeness', { share: percent(reason.likeness) })}{' '}
          <Link href={`~/app/threads/${reason.threadId}`}>{reason.title}</Link>
        </span>
      )
  }
}
