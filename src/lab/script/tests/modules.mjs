// The script of the page as tests load it.

import { readFile } from "node:fs/promises";

/** The exports of modules of the page, which import nothing but each other. */
export async function modules(...paths) {
  const sources = await Promise.all(paths.map((path) => readFile(new URL(path, import.meta.url), "utf8")));
  const text = sources.join("\n").replace(/^import .*$/gm, "");
  return import(`data:text/javascript,${encodeURIComponent(text)}`);
}
