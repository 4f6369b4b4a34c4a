-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'kafka-0.corp.example:9093,kafka-1.corp.example:9093',
  'properties.security.protocol' = 'SSL',
  'properties.ssl.truststore.location' = '/run/sluice/truststore.p12',
  'properties.ssl.truststore.type' = 'PKCS12',
  'properties.ssl.keystore.location' = '/certs/kafka-client/keystore.p12',
  'properties.ssl.keystore.type' = 'PKCS12'
  -- and, with the secret instead of …: 'properties.ssl.keystore.password' = '…'
  -- and, with the secret instead of …: 'properties.ssl.key.password' = '…'
)
