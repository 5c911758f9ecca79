export { driftRoutes } from './drift/drift-routes.ts'
export { topicRoutes } from './topics/topic-routes.ts'
