import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import { keycaps, keysInForce } from '../keys/commands.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'

interface Look {
  /** A page has one primary action. */
  readonly kind?: 'primary' | 'quiet' | 'danger'
  readonly icon?: IconName
  /** The key that does the same by default: see `useCommands`. */
  readonly keys?: string
  readonly children?: ComponentChildren
}

interface ButtonProps extends Look {
  readonly type?: 'button' | 'submit'
  readonly isDisabled?: boolean
  /** For a button that is an icon alone. */
  readonly label?: string
  readonly isPressed?: boolean
  readonly isExpanded?: boolean
  onClick?(): void
}

export function Button({
  kind,
  icon,
  keys,
  type = 'button',
  isDisabled,
  label,
  isPressed,
  isExpanded,
  onClick,
  children,
}: ButtonProps) {
  return (
    <button
      class="button"
      data-kind={kind}
      type={type}
      disabled={isDisabled}
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      aria-expanded={isExpanded}
      onClick={onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
      {keys && <KeyHint usual={keys} />}
    </button>
  )
}

/** A link that looks like a button. @param href below `/app` */
export function ButtonLink({ kind, icon, keys, href, children }: Look & { readonly href: string }) {
  return (
    <Link class="button" data-kind={kind} href={href}>
      {icon && <Icon name={icon} />}
      {children}
      {keys && <KeyHint usual={keys} />}
    </Link>
  )
}

/** The keys that do now what these do by default, as their user set them. */
export function KeyHint({ usual }: { readonly usual: string }) {
  const keys = keysInForce(usual)
  return keys === undefined ? null : <Keycap keys={keys} />
}

/** Keys as they are printed on a keyboard; not read aloud, for the `?` sheet and `aria-keyshortcuts` tell of them. */
export function Keycap({ keys }: { readonly keys: string }) {
  return (
    <span aria-hidden="true">
      {keycaps(keys).map((cap) => (
        <kbd class="keycap" key={cap}>
          {cap}
        </kbd>
      ))}
    </span>
  )
}
