import { problemCatalogue } from "../core/findings/problem.ts";

export const launchProblems = problemCatalogue("launch", {
  "bad-memory": "Flink's memory settings cannot be read or contradict each other, so that Flink would refuse to start.",
  "bad-java-options": "JVM options hold shell syntax that is not expanded, or a quote that is not closed.",
  "no-flink-dist": "The lib folder holds no flink-dist jar, or more than one.",
  "no-sql-gateway": "The opt folder holds no flink-sql-gateway jar, or more than one.",
  "no-sql-client": "Neither the lib nor the opt folder holds a flink-sql-client jar.",
  "client-needs-hadoop":
    "On Java 24 and newer, Flink's clients end without a word where Hadoop is not on the class path: `ServiceLoader` no longer passes over Flink's factory for YARN.",
  "secret-option": "A JVM option holds the value of a secret variable, and would show it in the process list.",
  "no-java": "There is no java to start.",
});
