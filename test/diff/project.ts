/** A small project in a git repository of its own, with a contract in it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { smallContractPath } from '../contract/read-yaml.ts';

export class Project {
  readonly directory: string;

  /** Contract and package have version 1.0.0, and are committed. */
  constructor() {
    this.directory = mkdtempSync(path.join(tmpdir(), 'diff-project-'));
    this.write('openapi/openapi.yaml', readFileSync(smallContractPath, 'utf8'));
    this.write('generated/.gitkeep', '');
    this.write('.gitignore', 'node_modules\n*.tmp\n');
    this.setVersion('1.0.0', '1.0.0');
    this.git('init', '--quiet', '--initial-branch', 'main');
    this.commit();
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  read(name: string): string {
    return readFileSync(path.join(this.directory, name), 'utf8');
  }

  write(name: string, text: string): void {
    const file = path.join(this.directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
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
    const identity = [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@localhost',
      '-c',
      'commit.gpgsign=false',
    ];
    const quiet = { cwd: this.directory, stdio: 'pipe' as const, encoding: 'utf8' as const };
    return execFileSync('git', [...identity, ...args], quiet);
  }

  commit(): void {
    this.git('add', '.');
    this.git('commit', '--quiet', '--message', 'Edit');
  }

  /** Writes the heading of a release and tags the commit. */
  release(version: string, more = ''): void {
    this.write(
      'CHANGELOG.md',
      `# Changelog\n\n## Unreleased\n\n## ${version} (2026-01-31)\n\n- Something.\n${more}`,
    );
    this.commit();
    this.git('tag', `v${version}`);
  }
}
