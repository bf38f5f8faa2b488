import { Global, Module, type DynamicModule } from '@nestjs/common';
import { LOG, type Logger } from './logging.ts';
import { Settings } from './settings.ts';

/** The log and the settings of an app, for everything in it. Settings are known by each class that declares them. */
@Global()
@Module({})
export class PlatformModule {
  static with(settings: Settings, log: Logger): DynamicModule {
    const tokens = classesOf(settings);
    return {
      module: PlatformModule,
      providers: [{ provide: LOG, useValue: log }, ...tokens.map((provide) => ({ provide, useValue: settings }))],
      exports: [LOG, ...tokens],
    };
  }
}

/** Such as WorkerSettings, ChannelSettings and Settings of a worker's settings. */
function classesOf(settings: Settings): readonly (typeof Settings)[] {
  const classes: (typeof Settings)[] = [];
  for (
    let prototype = Object.getPrototypeOf(settings) as object;
    prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object
  ) {
    classes.push(prototype.constructor as typeof Settings);
  }
  return classes;
}
