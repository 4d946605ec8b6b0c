import type { Model } from '../contract/from-yaml.ts';

export declare const models: Model[];
