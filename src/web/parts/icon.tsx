import sprite from 'virtual:icons'
import type { IconName } from './icon-names.ts'

/** A drawing beside words, or in a button that has a label. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" aria-hidden="true" focusable="false">
      <use href={`${sprite}#${name}`} />
    </svg>
  )
}
