import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { openDataSource, type StoreSettings } from './data-source.ts';
import { Database } from './database.ts';

const DATABASE = {
  provide: Database,
  useFactory: (source: DataSource) => new Database(source.manager),
  inject: [DataSource],
};

/** The database of an app. */
@Global()
@Module({})
export class StoreModule {
  /** A database of its own, opened at the start of the app and closed after everything that uses it. */
  static connectedTo(settings: StoreSettings): DynamicModule {
    return {
      module: ClosesAtTheEnd,
      global: true,
      providers: [{ provide: DataSource, useFactory: () => openDataSource(settings) }, DATABASE],
      exports: [DataSource, Database],
    };
  }

  /** A database that the caller has opened, and closes. */
  static on(database: Database): DynamicModule {
    return {
      module: StoreModule,
      providers: [{ provide: Database, useValue: database }],
      exports: [Database],
    };
  }
}

@Module({})
class ClosesAtTheEnd implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
