export * from './closing/close-days.ts';
export * from './closing/plan-close.ts';
export * from './figures/figure.ts';
export * from './figures/read-figure.ts';
export * from './oversight.module.ts';
