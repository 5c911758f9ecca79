/**
 * A root of its own for an editor, whose styles become adopted style sheets: as elements, the pages' policy would refuse
 * them.
 */
export function shadowOf(host: HTMLElement): ShadowRoot {
  return host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true })
}
