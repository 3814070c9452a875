// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.HiveMetaStoreClient;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf.ConfVars;

/**
 * A Hive metastore on Derby and one client, in one JVM, run from its source by the tests with tag
 * matrix. Arguments: a folder, a port. It writes {@code ready} when the client has been answered,
 * keeps its connection, and ends when its standard input does.
 */
public final class MiniMetastore {
  private MiniMetastore() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    Configuration conf = MetastoreConf.newMetastoreConf();
    MetastoreConf.setVar(
        conf,
        ConfVars.CONNECT_URL_KEY,
        "jdbc:derby:;databaseName=" + folder.resolve("db") + ";create=true");
    MetastoreConf.setVar(conf, ConfVars.WAREHOUSE, folder.resolve("warehouse").toUri().toString());
    MetastoreConf.setVar(conf, ConfVars.THRIFT_URIS, "thrift://127.0.0.1:" + port);
    MetastoreConf.setVar(conf, ConfVars.THRIFT_BIND_HOST, "127.0.0.1");
    MetastoreConf.setBoolVar(conf, ConfVars.AUTO_CREATE_ALL, true);
    MetastoreConf.setBoolVar(conf, ConfVars.SCHEMA_VERIFICATION, false);
    MetastoreConf.setBoolVar(conf, ConfVars.METRICS_ENABLED, true);
    // The client comes before the server listens; it tries again every second.
    MetastoreConf.setLongVar(conf, ConfVars.THRIFT_CONNECTION_RETRIES, 240);
    Thread server =
        new Thread(
            () -> {
              try {
                org.apache.hadoop.hive.metastore.HiveMetaStore.startMetaStore(
                    port, null, conf);
              } catch (Throwable failure) {
                failure.printStackTrace();
                Runtime.getRuntime().halt(1);
              }
            });
    server.setDaemon(true);
    server.start();
    HiveMetaStoreClient client = new HiveMetaStoreClient(conf);
    for (int i = 0; i < 5; i++) {
      client.getAllDatabases();
    }
    Path part = folder.resolve("ready.part");
    try (OutputStream out = Files.newOutputStream(part)) {
      out.write(String.valueOf(client.getAllDatabases()).getBytes("UTF-8"));
    }
    Files.move(part, folder.resolve("ready"), StandardCopyOption.ATOMIC_MOVE);
    while (System.in.read() >= 0) {}
    client.close();
    Runtime.getRuntime().halt(0);
  }
}
