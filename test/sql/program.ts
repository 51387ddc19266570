import path from "node:path";
import ts from "typescript";

/** The product as the compiler sees it, plus files that exist only in memory. */
export function createProgram(root: string, planted: ReadonlyMap<string, string>): ts.Program {
  const config: unknown = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile).config;
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options, true);
  const { fileExists, readFile } = host;
  const textOf = (file: string) => planted.get(path.relative(root, file));
  host.fileExists = (file) => textOf(file) !== undefined || fileExists(file);
  host.readFile = (file) => textOf(file) ?? readFile(file);
  const product = fileNames.filter((file) => isProduct(file, root));
  return ts.createProgram(
    [...product, ...[...planted.keys()].map((file) => path.join(root, file))],
    options,
    host,
  );
}

/** The product's own files in a program: no tests, no generated code. */
export function sourcesOf(program: ts.Program, root: string): ts.SourceFile[] {
  return program.getSourceFiles().filter(({ fileName }) => isProduct(fileName, root));
}

function isProduct(file: string, root: string): boolean {
  const name = path.relative(root, file);
  return /^(lib|worker)\//.test(name) && !/\/generated\/|\.test\.tsx?$/.test(name);
}
