export const findTypeBreaks = (_d: string, _r: string): never[] => [];
