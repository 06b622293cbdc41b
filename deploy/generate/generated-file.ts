/** A file that is generated; `path` is relative to the top of the repository. */
export interface GeneratedFile {
  path: string;
  text: string;
}
