import { defineErrors } from '../../platform/errors.ts'

/** Faults of merging articles. */
export const mergeErrors = defineErrors({
  ARTICLE_MERGED: [
    409,
    'Article {id} was merged into article {into}. Use that article, or undo the merge first.',
  ],
  ARTICLE_MERGE_ITSELF: [409, 'Article {id} cannot be merged into itself. Choose another article.'],
  ARTICLE_MERGE_CYCLE: [
    409,
    'Article {id} cannot be merged into {into}, which was merged into it. Undo that merge first.',
  ],
  ARTICLE_MERGE_LANGUAGES: [
    409,
    'Articles {id} and {into} are written in two languages. Keep both, and link them as translations.',
  ],
  ARTICLE_MERGE_TRANSLATED: [
    409,
    'Article {id} is linked to translations. Unlink them first, or merge article {into} into it instead.',
  ],
  ARTICLE_MERGE_STALE: [
    412,
    'Article {id} or article {into} was changed after you saw what the merge would do. Read the preview again, then repeat the merge.',
  ],
  ARTICLE_MERGE_WIDER: [
    409,
    'More people see article {into} than may see article {id} and what it rests on ({permitted}). Check the text that is added, then send confirmWiderAudience, or leave its passages out.',
  ],
  ARTICLE_NOT_MERGED: [409, 'Article {id} is not merged into another article'],
})
