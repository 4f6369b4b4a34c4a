import { problemCatalogue } from "../core/findings/problem.ts";

/** What can be wrong with Kerberos before a KDC is asked. */
export const kerberosProblems = problemCatalogue("kerberos", {
  "not-enabled": "A service asks for Kerberos, which is not turned on.",
  "no-realm": "Nothing says which realm to use.",
  "bad-name": "A realm, KDC or domain is not written as Sluice takes it.",
  "no-kdc": "There is no KDC for the realm: Java would say `Cannot locate KDC`.",
  "both-given": "A krb5.conf is mounted, and variables say something else.",
  "krb5-conf-unreadable": "The mounted krb5.conf, or a file that it includes, cannot be read.",
  "bad-krb5-conf": "The mounted krb5.conf, or a file that it includes, does not follow the grammar.",
  "second-krb5-conf": "Flink's configuration gives the JVM another krb5.conf.",
  "context-missing":
    "`security.kerberos.login.contexts` is set and leaves a service out, so that Flink would not log in for it.",
  "bad-duration": "A lifetime in krb5.conf is not one that Java reads: its login fails.",
  "bad-enctypes": "A list of encryption types in krb5.conf has none that Java uses: it gets no tickets.",
  "bad-kdc":
    "A KDC in krb5.conf is not written as host or host:port: Java takes all of it for a host name, or asks another port.",
  "comment-in-value": "A value in krb5.conf has a comment behind it, which Kerberos takes for a part of the value.",
  "no-common-type": "krb5.conf allows none of the types of the keytab's keys: Java's login fails.",
  "bad-key": "A key in the keytab does not have the size of its type.",
  "keytab-missing": "There is no keytab where one should be mounted.",
  "keytab-unreadable": "The keytab is there and cannot be read.",
  "keytab-empty": "The keytab has no keys in it, or nothing at all.",
  "keytab-base64": "The keytab is base64 text, as in a Secret's manifest.",
  "bad-keytab": "The file is not a keytab, or it is cut off.",
  "no-principal": "The keytab has several principals, and nothing says which one to use.",
  "bad-principal": "The principal is not written as Java takes it.",
  "principal-missing": "The keytab has no key of the principal.",
  "principal-case":
    "The keytab's principal differs from the one asked for in upper and lower case only: Java takes its key, and then the KDC does not know the client.",
  "wrong-realm": "The keytab has the principal, of another realm.",
  "weak-keys": "The principal has only keys of types that Java refuses.",
});
