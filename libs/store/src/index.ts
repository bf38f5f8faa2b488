export * from './data-source.ts';
export * from './database.ts';
export * from './enduring-client.ts';
export { rowsOf, type RowsOf } from './insert-statement.ts';
export * from './store.module.ts';
export * from './tables/index.ts';
