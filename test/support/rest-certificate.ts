/** What curl is given in a container of Flink's, or of who may ask, to be let in by the REST API and to trust it. */
export const restCertificate: readonly string[] =
  "--cert /certs/rest/tls.crt --key /certs/rest/tls.key --cacert /certs/rest/ca.crt".split(" ");
