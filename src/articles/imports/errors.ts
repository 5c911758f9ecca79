import { defineErrors } from '../../platform/errors.ts'

export const importErrors = defineErrors({
  IMPORT_RECORD_INVALID: [422, '{reason}'],
  IMPORT_NOT_AN_EXPORT: [422, '{file} is no export of articles: its first line must be {expected}'],
  IMPORT_ARTICLE_DIFFERS: [
    409,
    'Article {id} is in the store already and differs. An export in JSON Lines adds articles, and changes none.',
  ],
  IMPORT_THREAD_TAKEN: [409, 'Thread {threadId} has become another article already, so {id} cannot be added'],
  IMPORT_ORIGIN_TAKEN: [409, 'Another article was imported from {externalId} of {source} already'],
  IMPORT_PASSAGE_TAKEN: [
    409,
    'Passage {passage} belongs to another article already, so {id} cannot be added',
  ],
  IMPORT_CONFLICT: [
    409,
    'Article {id} was edited here after it was imported, and has changed where it comes from. It stays as it is here.',
  ],
  MARKDOWN_FRONT_MATTER_MISSING: [
    422,
    '{file}:1: the file must begin with a line "---", then its front matter in YAML, then another line "---"',
  ],
  MARKDOWN_FRONT_MATTER_INVALID: [422, '{file}:{line}: the front matter cannot be read: {reason}'],
  MARKDOWN_FIELD_INVALID: [422, '{file}:{line}: "{field}" must be {expected}'],
  MARKDOWN_TEXT_OUTSIDE_SECTIONS: [422, '{file}:{line}: there is text before the first heading of a section'],
  MARKDOWN_SECTION_TWICE: [422, '{file}:{line}: the section "{section}" occurs twice'],
  MARKDOWN_TOO_LONG: [413, '{file} is longer than {limit} bytes'],
  MARKDOWN_NOT_UTF8: [422, '{file} is not UTF-8'],
  MARKDOWN_STATE_DIFFERS: [
    409,
    '{file}: article {id} is {confidence} for {audience} here. Importing changes texts only: publish or archive it in the workbench.',
  ],
})
