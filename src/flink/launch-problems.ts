import { problemCatalogue } from "../core/problem.ts";

export const launchProblems = problemCatalogue("launch", {
  "bad-memory": "Flink's memory settings cannot be read or contradict each other, so that Flink would refuse to start.",
  "bad-java-options": "JVM options hold shell syntax that is not expanded, or a quote that is not closed.",
  "no-flink-dist": "The lib folder holds no flink-dist jar, or more than one.",
  "no-sql-gateway": "The opt folder holds no flink-sql-gateway jar, or more than one.",
  "secret-option": "A JVM option holds the value of a secret variable, and would show it in the process list.",
  "no-java": "There is no java to start.",
});
