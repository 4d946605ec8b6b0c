/** The promises to callers leave no public name out. */
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';

test('test/surface/root.test-d.ts imports every name that the package exports', () => {
  const index = path.join(root, 'src/index.ts');
  const surface = path.join(root, 'test/surface/root.test-d.ts');
  const program = ts.createProgram([index, surface], {
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const symbol = checker.getSymbolAtLocation(program.getSourceFile(index) as ts.SourceFile);
  const exported = checker.getExportsOfModule(symbol as ts.Symbol).map(({ name }) => name);
  const imported = new Set<string>();
  program.getSourceFile(surface)?.forEachChild((node) => {
    if (!ts.isImportDeclaration(node)) return;
    const bindings = node.importClause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings)) {
      for (const { name, propertyName } of bindings.elements) imported.add((propertyName ?? name).text);
    }
  });
  expect(exported.length).toBeGreaterThan(0);
  expect(exported.filter((name) => !imported.has(name))).toEqual([]);
});
