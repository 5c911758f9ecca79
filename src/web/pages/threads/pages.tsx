import { t } from '../../messages/messages.ts'
import { Page } from '../../parts/page.tsx'

export default function Pages() {
  return <Page title={t('threads.title')}>{undefined}</Page>
}
