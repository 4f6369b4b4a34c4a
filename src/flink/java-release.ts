/** The file of a JDK or JRE that says which version it is. */
export function javaReleaseFile(javaHome: string): string {
  return `${javaHome}/release`;
}

/** The feature version that such a file's text names: 17 for `JAVA_VERSION="17.0.15"`, 8 for `"1.8.0_292"`. */
export function javaMajorVersion(release: string): number | undefined {
  const major = /^JAVA_VERSION="?(?:1\.)?(\d+)/m.exec(release)?.[1];
  return major === undefined ? undefined : Number(major);
}
