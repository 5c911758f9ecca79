import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import type { Post } from '../../../api/types.ts'
import { moment } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { SelectField } from '../../../parts/field.tsx'
import { CopyButton, ProblemNote } from '../../../parts/states.tsx'

type Shared = Post<'/api/articles/{id}/previews'>

const DAYS = ['1', '7', '30'] as const

/** Makes a link by which anyone may read an unpublished article until it ends. */
export function SharePreview({ id }: { readonly id: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {t('articles.sharePreview')}
      </Button>
      {isOpen && <ShareDialog id={id} onClose={() => setOpen(false)} />}
    </>
  )
}

function ShareDialog({ id, onClose }: { readonly id: string; onClose(): void }) {
  const [days, setDays] = useState<string>('7')
  const [shared, setShared] = useState<Shared>()
  const share = useAction(async () => {
    const path = `/articles/${id}/previews`
    setShared((await call<Shared>('POST', path, { body: { days: Number(days) } })).data)
  })
  return (
    <Dialog title={t('articles.sharePreview')} onClose={onClose}>
      {shared === undefined ? (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault()
            void share.run()
          }}
        >
          <p>{t('articles.sharePreviewAbout')}</p>
          <SelectField
            label={t('articles.previewEnds')}
            value={days}
            choices={DAYS.map((value) => ({
              value,
              label: t('articles.previewDays', { days: Number(value) }),
            }))}
            onChoose={setDays}
          />
          {share.problem && <ProblemNote problem={share.problem} />}
          <div>
            <Button type="submit" kind="primary" isDisabled={share.isRunning}>
              {t('articles.makeLink')}
            </Button>
          </div>
        </form>
      ) : (
        <div class="stack">
          <p role="status">{t('articles.previewShared', { until: moment(shared.expiresAt) })}</p>
          <CopyButton text={`${location.origin}${shared.path}`} label={t('articles.copyLink')} />
          <div>
            <Button kind="primary" onClick={onClose}>
              {t('articles.previewDone')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
