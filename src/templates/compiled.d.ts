/** Templates as `Handlebars.template` of the runtime takes them, by the file's name without `.hbs`. */
export declare const specifications: Readonly<
  Record<"client.properties" | "hadoop-site.xml" | "kafka-table.sql" | "krb5.conf", object>
>;
