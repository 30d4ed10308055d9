/** Reads the file of a suite, or ends the program with a sentence and exit status 2: a file that is not there is no result. */
export function readSuite<T>(file: string, read: (file: string) => T): T {
  try {
    return read(file);
  } catch (error) {
    console.error(`${file} cannot be read as a suite: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(2);
  }
}
