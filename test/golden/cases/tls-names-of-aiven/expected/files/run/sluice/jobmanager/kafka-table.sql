-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'k:9093',
  'properties.security.protocol' = 'SSL',
  'properties.ssl.keystore.location' = '/run/sluice/kafka/keystore.p12',
  'properties.ssl.keystore.type' = 'PKCS12'
  -- and, with the secret instead of …: 'properties.ssl.keystore.password' = '…'
  -- and, with the secret instead of …: 'properties.ssl.key.password' = '…'
)
