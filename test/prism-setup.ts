/** Starts one Prism for the whole run, and tells the tests where it is. */
import type { TestProject } from 'vitest/node';
import { startMock } from '../src/mock/index.ts';

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
