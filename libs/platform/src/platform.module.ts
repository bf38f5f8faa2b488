import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import { LOG, type Logger } from './logging.ts';
import type { Settings } from './settings/settings.ts';

/** The log and the settings of an app, for everything in it. */
@Global()
@Module({})
export class PlatformModule {
  /** @param shape the class of the settings; they can be injected by it, and by each class that it extends */
  static with<S extends Settings>(shape: ClassConstructor<S>, settings: Readonly<S>, log: Logger): DynamicModule {
    const shapes = withBases(shape);
    return {
      module: PlatformModule,
      providers: [{ provide: LOG, useValue: log }, ...shapes.map((provide) => ({ provide, useValue: settings }))],
      exports: [LOG, ...shapes],
    };
  }
}

/** Such as WorkerSettings, ChannelSettings and Settings. */
function withBases(shape: ClassConstructor<Settings>): readonly ClassConstructor<Settings>[] {
  const base = Object.getPrototypeOf(shape) as ClassConstructor<Settings>;
  return base === Function.prototype ? [shape] : [shape, ...withBases(base)];
}
