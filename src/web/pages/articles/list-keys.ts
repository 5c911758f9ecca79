import type { RefObject } from 'preact'
import { useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'

/** The keys of a list: the focus goes from link to link of its rows. */
export function useListKeys({
  list,
  filter,
}: {
  readonly list: RefObject<HTMLElement>
  /** Goes to the filters. */
  filter(): void
}): void {
  const links = () => [...(list.current?.querySelectorAll<HTMLAnchorElement>('tbody a') ?? [])]
  const move = (by: number) => {
    const all = links()
    const at = all.indexOf(document.activeElement as HTMLAnchorElement)
    all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]?.focus()
  }
  useCommands(t('articles.list'), [
    {
      id: 'list-next',
      label: t('articles.nextRow'),
      keys: ['j', 'ArrowDown'],
      isHidden: true,
      run: () => move(1),
    },
    {
      id: 'list-previous',
      label: t('articles.previousRow'),
      keys: ['k', 'ArrowUp'],
      isHidden: true,
      run: () => move(-1),
    },
    {
      id: 'list-open',
      label: t('articles.openRow'),
      keys: ['o'],
      isHidden: true,
      run: () =>
        links()
          .find((link) => link === document.activeElement)
          ?.click(),
    },
    { id: 'list-filter', label: t('articles.filter'), keys: ['f'], run: filter },
  ])
}
