/** The promises to callers leave no public name out. */
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';

test('test/surface/root.test-d.ts imports every name that the package exports', () => {
  const [index, surface] = ['src/index.ts', 'test/surface/root.test-d.ts'].map((file) =>
    path.join(root, file),
  );
  const program = ts.createProgram([index as string, surface as string], {
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const symbol = checker.getSymbolAtLocation(program.getSourceFile(index as string) as ts.SourceFile);
  const exported = checker.getExportsOfModule(symbol as ts.Symbol).map(({ name }) => name);
  const imported = new Set<string>();
  program.getSourceFile(surface as string)?.forEachChild((node) => {
    if (!ts.isImportDeclaration(node)) return;
    const bindings = node.importClause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings)) {
      for (const { name, propertyName } of bindings.elements) imported.add((propertyName ?? name).text);
    }
  });
  expect(exported.length).toBeGreaterThan(0);
  expect(exported.filter((name) => !imported.has(name))).toEqual([]);
});
