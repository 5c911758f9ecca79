import type { MessagePort } from 'node:worker_threads'
import type { StreamedChunk } from './workers.ts'

/** The thread's side of `streamToWorker`: hands over each item as it comes, until the last one has. */
export function receiveStream<Item>(port: MessagePort, take: (item: Item) => void): Promise<void> {
  return new Promise((resolve) => {
    port.on('message', (message: StreamedChunk<Item>) => {
      if (message === 'end') resolve()
      else for (const item of message) take(item)
    })
  })
}
