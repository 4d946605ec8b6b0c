/** Starts one Prism for all test files and tells them where it is; docs/mocks-and-server.md shows it. */
import type { TestProject } from 'vitest/node';
import { startMock } from '../../src/mock/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    catalogUrl: string;
  }
}

export default async function setup(project: TestProject) {
  const mock = await startMock();
  project.provide('catalogUrl', mock.url);
  return () => mock.close();
}
