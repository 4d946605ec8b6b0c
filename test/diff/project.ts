/** A small project in a git repository, with a contract in it, that is gone after the test. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { smallContractPath } from '../contract/read-yaml.ts';
import { temporaryFolder, writeFiles } from '../generate/scratch.ts';

export class Project {
  readonly directory = temporaryFolder();

  /** Contract and package have version 1.0.0, and are committed. */
  constructor() {
    this.write('openapi/openapi.yaml', readFileSync(smallContractPath, 'utf8'));
    this.write('generated/.gitkeep', '');
    this.write('.gitignore', 'node_modules\n*.tmp\n');
    this.setVersion('1.0.0', '1.0.0');
    this.git('init', '--quiet', '--initial-branch', 'main');
    this.commit();
  }

  read(name: string): string {
    return readFileSync(path.join(this.directory, name), 'utf8');
  }

  write(name: string, text: string): void {
    writeFiles(this.directory, { [name]: text });
  }

  edit(name: string, edit: (text: string) => string): void {
    const before = this.read(name);
    const after = edit(before);
    expect(after).not.toBe(before);
    this.write(name, after);
  }

  editContract(from: string | RegExp, to: string): void {
    this.edit('openapi/openapi.yaml', (text) => text.replace(from, to));
  }

  setVersion(contract: string, pkg: string): void {
    const text = this.read('openapi/openapi.yaml');
    this.write('openapi/openapi.yaml', text.replace(/^ {2}version: .*$/m, `  version: ${contract}`));
    this.write('package.json', `${JSON.stringify({ type: 'module', version: pkg }, null, 2)}\n`);
  }

  git(...args: string[]): string {
    const identity = ['user.name=Test', 'user.email=test@localhost', 'commit.gpgsign=false'];
    const settings = identity.flatMap((setting) => ['-c', setting]);
    const options = { cwd: this.directory, stdio: 'pipe', encoding: 'utf8' } as const;
    return execFileSync('git', [...settings, ...args], options);
  }

  /** Clones the project, as a server would serve it. */
  clone(...args: string[]): string {
    const to = path.join(temporaryFolder(), 'clone');
    this.git('clone', '--quiet', ...args, pathToFileURL(this.directory).href, to);
    return to;
  }

  commit(): void {
    this.git('add', '.');
    this.git('commit', '--quiet', '--message', 'Edit');
  }

  /** Writes the heading of a release and tags the commit. */
  release(version: string): void {
    this.write(
      'CHANGELOG.md',
      `# Changelog\n\n## Unreleased\n\n## ${version} (2026-01-31)\n\n- Something.\n`,
    );
    this.commit();
    this.git('tag', `v${version}`);
  }
}
