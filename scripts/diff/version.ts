/** Computes the version that changes need, and what is wrong with the current one. */
import semver from 'semver';
import type { Impact } from './ratings.ts';

/**
 * `1.2.3` and a minor change make `1.3.0`; no change asks for nothing.
 *
 * @throws if the base is no version
 */
export function nextVersion(base: string, impact: Impact | undefined): string {
  const version = parse(base);
  return impact ? (semver.inc(version, impact) as string) : version;
}

/** The higher one. */
export function higher(version: string, other: string): string {
  return semver.gt(parse(version), parse(other)) ? version : other;
}

/** Why this version can't be released, as sentences. A higher version than needed is fine. */
export function versionProblems(versions: {
  contract: string;
  package: string;
  base: string;
  impact: Impact | undefined;
}): string[] {
  const problems: string[] = [];
  const needed = nextVersion(versions.base, versions.impact);
  if (isBelow(versions.contract, needed)) {
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

/** A prerelease, `2.0.0-rc.1`, counts as its release. */
function isBelow(version: string, needed: string): boolean {
  const { major, minor, patch } = semver.parse(parse(version)) as semver.SemVer;
  return semver.lt(`${major}.${minor}.${patch}`, needed);
}

function parse(version: string): string {
  const valid = semver.valid(version);
  if (valid === null || valid !== version.split('+', 1)[0]) {
    throw new Error(`"${version}" is not a version of the form 1.2.3 (https://semver.org).`);
  }
  return valid;
}
