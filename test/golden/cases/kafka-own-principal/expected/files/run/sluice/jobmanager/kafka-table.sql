-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.
WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'kafka-0.corp.example:9093,kafka-1.corp.example:9093',
  'properties.security.protocol' = 'SASL_PLAINTEXT',
  'properties.sasl.mechanism' = 'GSSAPI',
  'properties.sasl.kerberos.service.name' = 'kafka',
  'properties.sasl.jaas.config' = 'com.sun.security.auth.module.Krb5LoginModule required useKeyTab="true" storeKey="true" useTicketCache="false" doNotPrompt="true" keyTab="/mnt/kafka.keytab" principal="kafka-user@CORP.EXAMPLE";'
)
