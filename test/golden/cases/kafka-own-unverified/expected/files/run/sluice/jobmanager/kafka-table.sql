-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'b-1.corp.example:9093,b-2.corp.example:9093,',
  'properties.security.protocol' = 'SSL',
  'properties.ssl.endpoint.identification.algorithm' = ''
)
