-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'pkc.confluent.example:9092',
  'properties.security.protocol' = 'SASL_SSL',
  'properties.sasl.mechanism' = 'PLAIN',
  'properties.client.dns.lookup' = 'use_all_dns_ips',
  'properties.schema.registry.url' = 'https://psrc.confluent.example'
  -- and, with the secret instead of …: 'properties.sasl.jaas.config' = '…'
  -- and, with the secret instead of …: 'properties.basic.auth.credentials.source' = '…'
  -- and, with the secret instead of …: 'properties.basic.auth.user.info' = '…'
  -- and, with the secret instead of …: 'properties.schema.registry.basic.auth.user.info' = '…'
)
