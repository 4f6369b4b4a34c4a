// Made by `npm run docs` from templates/*.hbs.
export const specifications = {
  "client.properties": {"0":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda;

  return ((stack1 = alias2(alias1(depth0, "key", {"start":{"line":3,"column":2},"end":{"line":3,"column":5}} ), depth0)) != null ? stack1 : "")
    + "="
    + ((stack1 = alias2(alias1(depth0, "value", {"start":{"line":3,"column":10},"end":{"line":3,"column":15}} ), depth0)) != null ? stack1 : "")
    + "\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "# Written by sluice from the variables "
    + ((stack1 = container.lambda(container.strict(depth0, "prefix", {"start":{"line":1,"column":41},"end":{"line":1,"column":47}} ), depth0)) != null ? stack1 : "")
    + "_*.\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"properties"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":2,"column":0},"end":{"line":4,"column":9}}})) != null ? stack1 : "");
},"useData":true},
  "hadoop-site.xml": {"0":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "  <property"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"isEmpty"),{"name":"if","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":4,"column":11},"end":{"line":4,"column":42}}})) != null ? stack1 : "")
    + ">\n    <name>"
    + ((stack1 = container.lambda(container.strict(depth0, "name", {"start":{"line":5,"column":12},"end":{"line":5,"column":16}} ), depth0)) != null ? stack1 : "")
    + "</name>\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"value"),{"name":"if","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":6,"column":0},"end":{"line":8,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"final"),{"name":"if","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":9,"column":0},"end":{"line":11,"column":7}}})) != null ? stack1 : "")
    + "  </property>\n";
},"1":function(container,depth0,helpers,partials,data) {
    return " value=\"\"";
},"2":function(container,depth0,helpers,partials,data) {
    var stack1;

  return "    <value>"
    + ((stack1 = container.lambda(container.strict(depth0, "value", {"start":{"line":7,"column":13},"end":{"line":7,"column":18}} ), depth0)) != null ? stack1 : "")
    + "</value>\n";
},"3":function(container,depth0,helpers,partials,data) {
    return "    <final>true</final>\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration>\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"properties"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":3,"column":0},"end":{"line":13,"column":9}}})) != null ? stack1 : "")
    + "</configuration>\n";
},"useData":true},
  "kafka-table.sql": {"0":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda;

  return ",\n  "
    + ((stack1 = alias2(alias1(depth0, "key", {"start":{"line":4,"column":4},"end":{"line":4,"column":7}} ), depth0)) != null ? stack1 : "")
    + " = "
    + ((stack1 = alias2(alias1(depth0, "value", {"start":{"line":4,"column":14},"end":{"line":4,"column":19}} ), depth0)) != null ? stack1 : "");
},"1":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda;

  return "  -- and, with the secret instead of …: "
    + ((stack1 = alias2(alias1(depth0, "key", {"start":{"line":6,"column":42},"end":{"line":6,"column":45}} ), depth0)) != null ? stack1 : "")
    + " = "
    + ((stack1 = alias2(alias1(depth0, "value", {"start":{"line":6,"column":52},"end":{"line":6,"column":57}} ), depth0)) != null ? stack1 : "")
    + "\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "-- Written by sluice from the variables KAFKA_*: what a table of Flink's SQL connector needs besides its own options.\nWITH (\n  'connector' = 'kafka'"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"options"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":3,"column":23},"end":{"line":4,"column":30}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"secrets"),{"name":"each","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":5,"column":0},"end":{"line":7,"column":9}}})) != null ? stack1 : "")
    + ")\n";
},"useData":true},
  "krb5.conf": {"0":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "    "
    + ((stack1 = container.lambda(container.strict(depth0, "name", {"start":{"line":22,"column":6},"end":{"line":22,"column":10}} ), depth0)) != null ? stack1 : "")
    + " = {\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"kdcs"),{"name":"each","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":23,"column":0},"end":{"line":25,"column":9}}})) != null ? stack1 : "")
    + "    }\n";
},"1":function(container,depth0,helpers,partials,data) {
    var stack1;

  return "        kdc = "
    + ((stack1 = container.lambda(depth0, depth0)) != null ? stack1 : "")
    + "\n";
},"2":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "\n[domain_realm]\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"domains"),{"name":"each","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":31,"column":0},"end":{"line":33,"column":9}}})) != null ? stack1 : "");
},"3":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda;

  return "    "
    + ((stack1 = alias2(alias1(depth0, "domain", {"start":{"line":32,"column":6},"end":{"line":32,"column":12}} ), depth0)) != null ? stack1 : "")
    + " = "
    + ((stack1 = alias2(alias1(depth0, "realm", {"start":{"line":32,"column":19},"end":{"line":32,"column":24}} ), depth0)) != null ? stack1 : "")
    + "\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "# Written by sluice from KERBEROS_REALM, KERBEROS_KDC and KERBEROS_DOMAIN_REALM. To use another file, set KERBEROS_KRB5_CONF.\n\n[libdefaults]\n    default_realm = "
    + ((stack1 = alias2(alias1(depth0, "realm", {"start":{"line":4,"column":22},"end":{"line":4,"column":27}} ), depth0)) != null ? stack1 : "")
    + "\n    # The KDCs are listed below; pods have no SRV, TXT or PTR records.\n    dns_lookup_kdc = false\n    dns_lookup_realm = false\n    dns_canonicalize_hostname = false\n    rdns = false\n    # TCP first: tickets outgrow UDP, and many networks drop it.\n    udp_preference_limit = 1\n    # Java's own 30 s and 3 tries hang for 90 s. A number without unit would be milliseconds to Java, and seconds to MIT.\n    kdc_timeout = 3s\n    max_retries = 1\n    # RC4 and DES are refused by JDK 17 and newer, and by most KDCs.\n    permitted_enctypes = "
    + ((stack1 = alias2(alias1(depth0, "encryptionTypes", {"start":{"line":16,"column":27},"end":{"line":16,"column":42}} ), depth0)) != null ? stack1 : "")
    + "\n    default_tkt_enctypes = "
    + ((stack1 = alias2(alias1(depth0, "encryptionTypes", {"start":{"line":17,"column":29},"end":{"line":17,"column":44}} ), depth0)) != null ? stack1 : "")
    + "\n    default_tgs_enctypes = "
    + ((stack1 = alias2(alias1(depth0, "encryptionTypes", {"start":{"line":18,"column":29},"end":{"line":18,"column":44}} ), depth0)) != null ? stack1 : "")
    + "\n\n[realms]\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias3,lookupProperty(depth0,"realms"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":21,"column":0},"end":{"line":27,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias3,lookupProperty(depth0,"domains"),{"name":"if","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":28,"column":0},"end":{"line":34,"column":7}}})) != null ? stack1 : "");
},"useData":true},
};
