import type { Post } from '../../../api/types.ts'

export type Use = Post<'/api/articles/{id}/uses'>
