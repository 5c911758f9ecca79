import { useState } from 'preact/hooks'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { CheckField, SelectField, TextField } from '../../../parts/field.tsx'
import { ChangeForm } from './change-form.tsx'
import { type Entry, languageChoices, type Word } from './synonyms.ts'

const EMPTY: Word = { text: '' }
const TWO: readonly Word[] = [EMPTY, EMPTY]
const MOST_WORDS = 30
const LONGEST_WORD = 100

/** A new entry, or one that is edited: equal words, or words that lead one way. */
export function EntryForm({
  title,
  version,
  before,
  proposed,
  onSaved,
  onClose,
}: {
  readonly title: string
  readonly version: number
  /** The entry that it takes the place of. */
  readonly before?: Entry
  readonly proposed?: readonly Word[]
  onSaved?(): void
  onClose(): void
}) {
  const [words, setWords] = useState<readonly Word[]>(before?.words ?? proposed ?? TWO)
  const [others, setOthers] = useState<readonly Word[]>(before?.alsoFinds ?? [EMPTY])
  const [isOneWay, setOneWay] = useState(before?.alsoFinds !== undefined)
  const [own, alsoFinds] = [filled(words), filled(others)]
  const isReady = isOneWay ? own.length > 0 && alsoFinds.length > 0 : own.length > 1
  const change = {
    add: [{ words: own, alsoFinds: isOneWay ? alsoFinds : undefined }],
    remove: before === undefined ? undefined : [before.id],
  }
  return (
    <ChangeForm
      title={title}
      version={version}
      change={change}
      isReady={isReady}
      onSaved={onSaved}
      onClose={onClose}
    >
      <p class="muted prose">{t('synonyms.formHint')}</p>
      <Words
        legend={t(isOneWay ? 'synonyms.asked' : 'synonyms.equal')}
        label="synonyms.word"
        words={words}
        onChange={setWords}
      />
      <CheckField label={t('synonyms.oneWay')} isChecked={isOneWay} onChange={setOneWay} />
      {isOneWay && (
        <Words legend={t('synonyms.alsoFinds')} label="synonyms.found" words={others} onChange={setOthers} />
      )}
    </ChangeForm>
  )
}

function filled(words: readonly Word[]): Word[] {
  return words.filter(({ text }) => text.trim() !== '')
}

function Words({
  legend,
  label,
  words,
  onChange,
}: {
  readonly legend: string
  readonly label: 'synonyms.word' | 'synonyms.found'
  readonly words: readonly Word[]
  onChange(words: readonly Word[]): void
}) {
  const put = (place: number, changes: Partial<Word>) =>
    onChange(words.map((each, at) => (at === place ? { ...each, ...changes } : each)))
  return (
    <fieldset class="stack stack-tight">
      <legend>{legend}</legend>
      {words.map(({ text, language }, at) => (
        <div key={at} class="synonyms-word">
          <TextField
            label={t(label, { at: number(at + 1) })}
            value={text}
            maxLength={LONGEST_WORD}
            lang={language}
            onInput={(value) => put(at, { text: value })}
          />
          <SelectField
            label={t('synonyms.languageOf', { at: number(at + 1) })}
            value={language ?? ''}
            choices={languageChoices()}
            onChoose={(value) =>
              put(at, { language: value === '' ? undefined : (value as Word['language']) })
            }
          />
          <Button
            icon="x"
            kind="quiet"
            label={t('synonyms.removeWord', { at: number(at + 1) })}
            isDisabled={words.length === 1}
            onClick={() => onChange(words.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      {words.length < MOST_WORDS && (
        <div>
          <Button
            icon="plus"
            onClick={() => onChange([...words, { text: '', language: words.at(-1)?.language }])}
          >
            {t('synonyms.addWord')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
