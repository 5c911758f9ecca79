import { Type } from 'typebox'
import type { Example } from './examples.ts'

export const exampleThread: Example = {
  threadId: 'thr_7h2k9m4p6r8t1v3x',
  title: 'The new decoder shows a black screen',
  excerpt: 'Since this morning my decoder only shows a black screen, though the box is green.',
  language: 'en',
  path: '/api/threads/thr_7h2k9m4p6r8t1v3x',
}

export const ExampleSchema = Type.Unsafe<Example>(
  Type.Object({
    threadId: Type.String(),
    title: Type.String(),
    excerpt: Type.String({ description: 'Beginning of the question as plain text' }),
    language: Type.String(),
    path: Type.String({ description: 'Path of the whole thread' }),
  }),
)
