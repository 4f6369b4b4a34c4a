-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'b-1.corp.example:9098',
  'properties.security.protocol' = 'SASL_PLAINTEXT',
  'properties.ssl.truststore.location' = '/certs/kafka/truststore.p12',
  'properties.sasl.mechanism' = 'PLAIN'
  -- and, with the secret instead of …: 'properties.ssl.truststore.password' = '…'
)
