import { computed, effect, signal } from '@preact/signals'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { tinykeys } from 'tinykeys'
import { preferences } from '../sign-in/session.ts'

/** Something that a key does here, and the palette and the `?` sheet show. */
export interface Command {
  /** Names it in preferences that give it another key. */
  readonly id: string
  readonly label: string
  /** As `tinykeys` writes them: `g r`, `Digit1`, `$mod+k`. A command without keys is in the palette alone. */
  readonly keys?: readonly string[]
  /** Not in the palette: what opens it, or one of a row of like keys. */
  readonly isHidden?: boolean
  run(event?: KeyboardEvent): void
}

interface Scope {
  readonly name: string
  readonly commands: readonly Command[]
  /** Components are first drawn from the outside in: of two, the inner one's is the larger. */
  readonly depth: number
}

const scopes = signal<readonly Scope[]>([])
let drawn = 0

/** What keys do on the page as it is, the innermost place first. */
export const activeScopes = computed(() => [...scopes.value].reverse())

/** Offers commands for as long as the component is shown. Of two with one key, the inner component's counts. */
export function useCommands(name: string, commands: readonly Command[], isActive = true): void {
  const [depth] = useState(() => ++drawn)
  // A key that follows another at once meets what that one left, before the effects of drawing it have run.
  const latest = useRef(commands)
  latest.current = commands
  const shown = JSON.stringify(commands.map(({ id, label, keys, isHidden }) => [id, label, keys, isHidden]))
  // Before anyone sees what the keys are for, so that the first is heard.
  useLayoutEffect(() => {
    if (!isActive) return
    const scope: Scope = {
      name,
      depth,
      commands: latest.current.map((command) => ({
        ...command,
        run: (event) => (latest.current.find(({ id }) => id === command.id) ?? command).run(event),
      })),
    }
    scopes.value = [...scopes.value, scope].sort((one, other) => one.depth - other.depth)
    return () => {
      scopes.value = scopes.value.filter((each) => each !== scope)
    }
  }, [name, shown, isActive])
}

/** The keys of a command, as its user set them. */
export function keysOf({ id, keys = [] }: Pick<Command, 'id' | 'keys'>): readonly string[] {
  const own = preferences.value.shortcuts?.keys[id]
  return own === undefined ? keys : [own]
}

/** What has to be pressed now for what the keys do by default; nothing where single keys are switched off. */
export function keysInForce(usual: string): string | undefined {
  const command = activeScopes.value
    .flatMap(({ commands }) => commands)
    .find(({ keys = [] }) => keys.includes(usual))
  const own = command === undefined ? undefined : preferences.value.shortcuts?.keys[command.id]
  const keys = own ?? usual
  return isSingle(keys) && areSingleKeysOff() ? undefined : keys
}

/** Listens to keys until the function it returns is called. */
export function listenToKeys(): () => void {
  return effect(() => tinykeys(window, bindings()))
}

function bindings(): Record<string, (event: KeyboardEvent) => void> {
  const bound: Record<string, (event: KeyboardEvent) => void> = {}
  for (const { commands } of scopes.value)
    for (const command of commands)
      for (const keys of keysOf(command))
        for (const each of withShift(keys))
          bound[each] = (event) => {
            if (!mayHear(event, keys)) return
            event.preventDefault()
            command.run(event)
          }
  return bound
}

/** A sign that needs the shift key on one keyboard does not on another. */
function withShift(keys: string): readonly string[] {
  return /^[^\p{L}\p{N}\s]$/u.test(keys) ? [keys, `Shift+${keys}`] : [keys]
}

function mayHear(event: KeyboardEvent, keys: string): boolean {
  if (event.isComposing || event.defaultPrevented || isInDialog(event.target)) return false
  if (!isSingle(keys)) return true
  if (areSingleKeysOff()) return false
  return !isField(event.target) && !isPressed(event, keys)
}

/** Whether a person may switch the keys off: those of one sign, which speech input and a slip may hit (WCAG 2.1.4). */
function isSingle(keys: string): boolean {
  return keys !== 'Escape' && !/\$mod|Control|Alt|Meta/.test(keys)
}

function areSingleKeysOff(): boolean {
  return preferences.value.shortcuts?.enabled === false
}

/** Enter and space belong to the button or link that has the focus. */
function isPressed({ target }: KeyboardEvent, keys: string): boolean {
  return (
    /^(Enter|Space)$/.test(keys) && target instanceof Element && target.closest('a,button,summary') !== null
  )
}

/** Whether something must be answered or left first. */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null
}

/**
 * Whether an open dialog keeps a key to itself, as all do but those that hear keys. A pressed button that is disabled
 * loses the focus to the body, of which only the dialog can be reached.
 */
function isInDialog(target: EventTarget | null): boolean {
  const open = document.querySelector('dialog[open]')
  if (open === null) return false
  const isOfDialog = target === document.body || (target instanceof Node && open.contains(target))
  return !(open.hasAttribute('data-keys') && isOfDialog)
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.shadowRoot !== null) return true
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

const NAMES: Readonly<Record<string, string>> = {
  $mod: /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl',
  Enter: '⏎',
  Escape: 'Esc',
  Backspace: '⌫',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Shift: '⇧',
}

/** How a keycap shows keys: `g r` as `g`, `r`; `$mod+k` as `Ctrl+K`. */
export function keycaps(keys: string): readonly string[] {
  return keys.split(' ').map((step) =>
    step
      .split('+')
      .map((part) => NAMES[part] ?? part.replace(/^(Digit|Key)/, ''))
      .join('+'),
  )
}
