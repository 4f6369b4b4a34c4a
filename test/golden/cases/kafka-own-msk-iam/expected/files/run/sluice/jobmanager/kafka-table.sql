-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'b-1.corp.example:9098',
  'properties.security.protocol' = 'SASL_SSL',
  'properties.sasl.mechanism' = 'AWS_MSK_IAM',
  'properties.sasl.client.callback.handler.class' = 'software.amazon.msk.auth.iam.IAMClientCallbackHandler'
  -- and, with the secret instead of …: 'properties.sasl.jaas.config' = '…'
)
