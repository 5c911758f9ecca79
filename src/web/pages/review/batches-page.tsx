import { t } from '../../messages/messages.ts'
import { Page } from '../../parts/page.tsx'

export function BatchesPage() {
  return <Page title={t('review.batches')}>{undefined}</Page>
}
