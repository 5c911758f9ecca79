import type { ImportRecord } from './import-history.ts'
import type { ImportProgress, ImportSummary } from './import-summary.ts'

/** An import as the API and the command line tell it: with how long it will still take, as far as it has told. */
export function presentImport({ progress, files, summary, ...record }: ImportRecord) {
  return {
    ...record,
    files: [...files],
    ...(summary !== undefined && { summary: presentSummary(summary) }),
    ...(progress !== undefined && { progress: presentProgress(progress, record.status) }),
  }
}

function presentSummary({ notes, ...summary }: ImportSummary) {
  return { ...summary, ...(notes !== undefined && { notes: [...notes] }) }
}

function presentProgress({ importId: _, ...progress }: ImportProgress, status: ImportRecord['status']) {
  const { bytesRead, bytesTotal, elapsedMs } = progress
  const isForeseeable = status === 'running' && bytesRead > 0 && bytesTotal >= bytesRead
  const left = (elapsedMs * (bytesTotal - bytesRead)) / bytesRead
  return { ...progress, ...(isForeseeable && { secondsLeft: Math.round(left / 1000) }) }
}
