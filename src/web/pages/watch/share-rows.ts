import type { Column } from '../../charts/columns.ts'
import type { IntervalRow } from '../../charts/interval-chart.tsx'
import { isTooFew } from '../../charts/share.tsx'
import { number, percent } from '../../messages/format.ts'
import { currentLanguage, t } from '../../messages/messages.ts'

export type ShareRow = IntervalRow

/** The table of shares with their intervals. */
export function shareColumns(): readonly Column<ShareRow>[] {
  return [
    { title: t('watch.figure'), text: ({ label }) => label },
    {
      title: t('watch.share'),
      isNumber: true,
      text: ({ share }) =>
        share.share === undefined || isTooFew(share)
          ? t('parts.tooFew', { n: share.of })
          : percent(share.share, 1),
      value: ({ share }) => share.share,
    },
    {
      title: t('watch.interval'),
      isNumber: true,
      text: ({ share: { interval } }) =>
        `${number((interval[0] ?? 0) * 100, 1)}–${percent(interval[1] ?? 1, 1)}`,
    },
    {
      title: t('watch.count'),
      isNumber: true,
      text: ({ share }) => number(share.count),
      value: ({ share }) => share.count,
    },
    {
      title: t('watch.of'),
      isNumber: true,
      text: ({ share }) => number(share.of),
      value: ({ share }) => share.of,
    },
  ]
}

/** `French`, `français`. */
export function languageName(code: string): string {
  return new Intl.DisplayNames([currentLanguage()], { type: 'language' }).of(code) ?? code
}
