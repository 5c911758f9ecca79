import { useState } from 'preact/hooks'
import { Problem } from './client.ts'

export interface Action<Input extends readonly unknown[], Output> {
  /** @returns undefined where it was refused: see `problem` */
  run(...input: Input): Promise<Output | undefined>
  readonly isRunning: boolean
  readonly problem: Problem | undefined
  dismiss(): void
}

/** Something that a person does: whether it is in progress, and why it was refused. */
export function useAction<Input extends readonly unknown[], Output>(
  perform: (...input: Input) => Promise<Output>,
): Action<Input, Output> {
  const [running, setRunning] = useState(0)
  const [problem, setProblem] = useState<Problem>()
  return {
    async run(...input) {
      setRunning((count) => count + 1)
      setProblem(undefined)
      try {
        return await perform(...input)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        setProblem(error)
        return undefined
      } finally {
        setRunning((count) => count - 1)
      }
    },
    isRunning: running > 0,
    problem,
    dismiss: () => setProblem(undefined),
  }
}
