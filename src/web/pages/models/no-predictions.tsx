import { t } from '../../messages/messages.ts'
import { Empty } from '../../parts/states.tsx'

/** Where a version has no held-out predictions that the reader may see. */
export function NoPredictions() {
  return (
    <Empty title={t('models.noPredictions')}>
      <p>{t('models.noPredictionsHint')}</p>
    </Empty>
  )
}
