import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { createDataSource, type StoreSettings } from './data-source.ts';
import { Database } from './database.ts';

/** The database of an app, opened at its start and closed after everything that uses it. */
@Global()
@Module({})
export class StoreModule implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  static connectedTo(settings: StoreSettings): DynamicModule {
    return {
      module: StoreModule,
      providers: [
        { provide: DataSource, useFactory: () => createDataSource(settings).initialize() },
        { provide: Database, useFactory: (source: DataSource) => new Database(source.manager), inject: [DataSource] },
      ],
      exports: [DataSource, Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
