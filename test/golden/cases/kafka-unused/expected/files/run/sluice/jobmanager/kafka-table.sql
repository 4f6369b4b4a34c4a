-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'kafka:9092',
  'properties.security.protocol' = 'PLAINTEXT'
)
