export * from './drift/index.ts'
export * from './topics/index.ts'
