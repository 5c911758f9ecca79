import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { NOT_THE_API, OFFLINE, type Problem } from '../api/client.ts'
import type { Resource } from '../api/resource.ts'
import { t } from '../messages/messages.ts'
import { Button } from './button.tsx'
import { copy } from './copy.ts'
import { Icon } from './icon.tsx'

/** Why something was refused: the sentence, the code, and a request id for whoever looks into it. It comes into view. */
export function ProblemNote({ problem, onRetry }: { readonly problem: Problem; onRetry?(): void }) {
  const note = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => note.current?.scrollIntoView({ block: 'nearest' }), [problem])
  const isOffline = problem.code === OFFLINE
  return (
    <div ref={note} class="problem" role="alert">
      <p>{sentenceOf(problem)}</p>
      {problem.errors.map(
        ({ path, message }) =>
          message !== undefined && (
            <p key={path}>
              {path !== undefined && <code>{path}</code>} {message}
            </p>
          ),
      )}
      {!isOffline && (
        <p class="row small muted">
          <code>{problem.code}</code>
          {problem.requestId !== undefined && (
            <CopyButton text={problem.requestId} label={t('parts.copyRequestId')} />
          )}
        </p>
      )}
      {onRetry && (
        <div>
          <Button icon="rotate-ccw" onClick={onRetry}>
            {t('parts.retry')}
          </Button>
        </div>
      )}
    </div>
  )
}

function sentenceOf({ code, message }: Problem): string {
  if (code === OFFLINE) return t('parts.offline')
  if (code === NOT_THE_API) return t('parts.notTheApi')
  return message
}

/** What to do when there is nothing to show yet. */
export function Empty({
  title,
  children,
}: {
  readonly title: string
  readonly children?: ComponentChildren
}) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  )
}

/** Shows a resource once it is there; meanwhile that it is coming, or why it is not. */
export function Loaded<T>({
  resource,
  children,
}: {
  readonly resource: Resource<T>
  children(data: T): ComponentChildren
}) {
  const { data, problem, refresh } = resource
  return (
    <>
      {problem !== undefined && <ProblemNote problem={problem} onRetry={refresh} />}
      {data !== undefined && children(data)}
      {data === undefined && problem === undefined && <Loading />}
    </>
  )
}

export function Loading() {
  return (
    <p class="loading" role="status">
      {t('parts.loading')}
    </p>
  )
}

/** A word for a state, never by colour alone. */
export function Badge({
  kind,
  children,
}: {
  readonly kind?: 'good' | 'warn' | 'bad'
  readonly children: ComponentChildren
}) {
  return (
    <span class="badge" data-kind={kind}>
      {children}
    </span>
  )
}

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <Button kind="quiet" icon="copy" label={`${label} ${text}`} onClick={() => void copy(text)}>
      <code class="small">{text}</code>
    </Button>
  )
}

/** A sentence that matters, beside its sign. */
export function Note({
  kind,
  children,
}: {
  readonly kind?: 'good' | 'warn'
  readonly children: ComponentChildren
}) {
  return (
    <p class="check">
      <Icon name={kind === 'warn' ? 'triangle-alert' : kind === 'good' ? 'check' : 'info'} />
      <span>{children}</span>
    </p>
  )
}
