-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'kafka-0.corp.example:9093,kafka-1.corp.example:9093',
  'properties.acks' = 'all',
  'properties.client.id' = 'Größe it''s',
  'properties.security.protocol' = 'PLAINTEXT'
  -- and, with the secret instead of …: 'properties.ssl.truststore.password' = '…'
)
