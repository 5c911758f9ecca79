export { explainRoutes } from './explain-routes.ts'
export { influenceRoutes } from './influence-routes.ts'
export { triageRoutes } from './routes.ts'
export { DestinationSchema, usualOrder } from './routing-schemas.ts'
