/**
 * Loaded before an app (`--import`): its host's clock is wrong by so many minutes, as on a machine whose time service
 * has failed. Only the database's clock may matter.
 */
const skewMs = Number(process.env['TRIAL_SKEW_MINUTES'] ?? 0) * 60_000;
const RealDate = Date;
const realInstant = Temporal.Now.instant.bind(Temporal.Now);
const skewedInstant = () => realInstant().add({ milliseconds: skewMs });

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], newTarget) =>
    Reflect.construct(target, given.length === 0 ? [RealDate.now() + skewMs] : given, newTarget) as object,
  apply: () => new RealDate(RealDate.now() + skewMs).toString(),
  get: (target, name, receiver): unknown =>
    name === 'now' ? () => RealDate.now() + skewMs : Reflect.get(target, name, receiver),
});

Object.assign(Temporal.Now, {
  instant: skewedInstant,
  zonedDateTimeISO: (zone: string = Temporal.Now.timeZoneId()) => skewedInstant().toZonedDateTimeISO(zone),
  plainDateTimeISO: (zone: string = Temporal.Now.timeZoneId()) =>
    skewedInstant().toZonedDateTimeISO(zone).toPlainDateTime(),
  plainDateISO: (zone: string = Temporal.Now.timeZoneId()) => skewedInstant().toZonedDateTimeISO(zone).toPlainDate(),
  plainTimeISO: (zone: string = Temporal.Now.timeZoneId()) => skewedInstant().toZonedDateTimeISO(zone).toPlainTime(),
});
