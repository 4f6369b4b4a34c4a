-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'b-1.corp.example:9098',
  'properties.security.protocol' = 'SASL_SSL',
  'properties.sasl.mechanism' = 'OAUTHBEARER',
  'properties.sasl.oauthbearer.token.endpoint.url' = 'https://idp.corp.example/realms/flink/protocol/openid-connect/token',
  'properties.sasl.login.callback.handler.class' = 'org.apache.flink.kafka.shaded.org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler'
  -- and, with the secret instead of …: 'properties.sasl.jaas.config' = '…'
)
