import { Column, type ColumnOptions, PrimaryColumn } from 'typeorm';

/** An instant: `timestamptz`, read and written as `Temporal.Instant`. */
export const Instant = (options: ColumnOptions = {}) => Column({ type: 'timestamptz', ...options });
/** An instant that may not have come yet. */
export const InstantOrNull = () => Instant({ nullable: true });
/** An instant by which a table is partitioned: every key of the table holds it. */
export const InstantOfKey = () => PrimaryColumn({ type: 'timestamptz' });
export const Uuid = (options: ColumnOptions = {}) => Column({ type: 'uuid', ...options });
export const Text = (options: ColumnOptions = {}) => Column({ type: 'text', ...options });
export const Texts = () => Column({ type: 'text', array: true });
export const Whole = (options: ColumnOptions = {}) => Column({ type: 'integer', ...options });
export const YesNo = (options: ColumnOptions = {}) => Column({ type: 'boolean', ...options });
export const Json = (options: ColumnOptions = {}) => Column({ type: 'jsonb', ...options });
/** A UUIDv7 made by the application. */
export const Id = () => PrimaryColumn({ type: 'uuid' });
