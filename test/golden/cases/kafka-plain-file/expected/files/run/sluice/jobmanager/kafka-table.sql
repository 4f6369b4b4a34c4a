-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'kafka-0.corp.example:9093,kafka-1.corp.example:9093',
  'properties.security.protocol' = 'SASL_SSL',
  'properties.sasl.mechanism' = 'PLAIN'
  -- and, with the secret instead of …: 'properties.sasl.jaas.config' = 'org.apache.flink.kafka.shaded.org.apache.kafka.common.security.plain.PlainLoginModule required username="flink" password="…";'
)
