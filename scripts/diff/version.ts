/** Tells which version a set of changes needs, and what is wrong with the one there is. */
import type { Impact } from './ratings.ts';

/** `1.2.3` and a minor change make `1.3.0`; no change asks for nothing. */
export function nextVersion(base: string, impact: Impact | undefined): string {
  const [major, minor, patch] = parse(base);
  if (impact === 'major') return `${major + 1}.0.0`;
  if (impact === 'minor') return `${major}.${minor + 1}.0`;
  return impact === 'patch' ? `${major}.${minor}.${patch + 1}` : base;
}

/** The lower of the versions that a release may have: what the changes ask for, or what is set already. */
export function versionToSet(contract: string, needed: string): string {
  return compare(contract, needed) < 0 ? needed : contract;
}

/** What keeps this version from being released, as sentences. A bigger step than needed is fine. */
export function versionProblems(versions: {
  contract: string;
  package: string;
  base: string;
  impact: Impact | undefined;
}): string[] {
  const problems: string[] = [];
  const needed = nextVersion(versions.base, versions.impact);
  if (compare(versions.contract, needed) < 0) {
    problems.push(
      `info.version is ${versions.contract}, but ${versions.impact ?? 'no'} changes since ${versions.base} ask for ${needed} or higher.`,
    );
  }
  if (versions.package !== versions.contract) {
    problems.push(
      `package.json has version ${versions.package} and the contract ${versions.contract}; they are always equal.`,
    );
  }
  return problems;
}

function parse(version: string): [number, number, number] {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  if (!match) throw new Error(`"${version}" is not a version of the form 1.2.3.`);
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

function compare(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}
