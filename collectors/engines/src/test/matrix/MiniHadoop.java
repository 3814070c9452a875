// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.AMRMClient;
import org.apache.hadoop.yarn.client.api.NMClient;
import org.apache.hadoop.yarn.client.api.NMTokenCache;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.client.api.YarnClientApplication;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.security.AMRMTokenIdentifier;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hadoop.yarn.util.resource.ResourceUtils;

/**
 * HDFS and YARN daemons, run from their source by the tests with tag matrix. Arguments: a folder,
 * what to be, and Hadoop's settings as key=value. It ends when its standard input does.
 *
 * <p>As {@code dfs} it is NameNode and DataNode with one file and writes their addresses to {@code
 * ready}. As {@code node} it is a NodeManager. As {@code manager} it is a ResourceManager; when
 * {@code go} appears it runs an application with two containers (one ends well when {@code stop}
 * appears, one takes more memory than it asked for), whose master goes on when {@code seen}
 * appears, then a second application whose master exits with 7, and writes {@code done}. Each has a
 * JVM of its own: YARN's web pages answer for one daemon of a JVM only, and the beans of all bear
 * the name of the one that came last.
 */
public final class MiniHadoop {
  private static final int CONTAINER_MB = 128;
  private static final int HOG_BYTES = 300_000_000;

  private final Path folder;
  private final YarnConfiguration conf = new YarnConfiguration();

  private MiniHadoop(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    Thread end =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (java.io.IOException closed) {
                System.err.println("standard input: " + closed);
              }
              // The clusters' own stop lingers.
              Runtime.getRuntime().halt(0);
            });
    end.setDaemon(true);
    end.start();
    try {
      MiniHadoop hadoop = new MiniHadoop(Path.of(arguments[0]));
      for (String setting : List.of(arguments).subList(2, arguments.length)) {
        int equals = setting.indexOf('=');
        hadoop.conf.set(setting.substring(0, equals), setting.substring(equals + 1));
      }
      switch (arguments[1]) {
        case "dfs" -> hadoop.dfs();
        case "node" -> hadoop.node();
        default -> hadoop.manager();
      }
      Thread.sleep(Long.MAX_VALUE);
    } catch (Throwable failure) {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private void dfs() throws Exception {
    MiniDFSCluster dfs =
        new MiniDFSCluster.Builder(conf, folder.resolve("dfs").toFile())
            .numDataNodes(1)
            .build();
    dfs.waitActive();
    try (OutputStream out = dfs.getFileSystem().create(new org.apache.hadoop.fs.Path("/file"))) {
      out.write(new byte[1 << 20]);
    }
    Properties ready = new Properties();
    ready.setProperty(
        "namenode", "http://127.0.0.1:" + dfs.getNameNode().getHttpAddress().getPort());
    ready.setProperty("datanode", "http://127.0.0.1:" + dfs.getDataNodes().get(0).getInfoPort());
    write("ready", ready);
  }

  private void node() throws Exception {
    conf.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, true);
    conf.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    // Else the limit is left to cgroups, which are not set up.
    conf.setBoolean("yarn.nodemanager.resource.memory.enforced", false);
    conf.setInt(YarnConfiguration.NM_CONTAINER_MON_INTERVAL_MS, 500);
    conf.setInt(YarnConfiguration.NM_PMEM_MB, 2_048);
    conf.setInt(YarnConfiguration.NM_VCORES, 4);
    // The disk of a test machine may be full beyond YARN's taste.
    conf.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100f);
    conf.set(YarnConfiguration.NM_ADDRESS, "127.0.0.1:0");
    conf.set(YarnConfiguration.NM_LOCALIZER_ADDRESS, "127.0.0.1:0");
    conf.set(YarnConfiguration.NM_COLLECTOR_SERVICE_ADDRESS, "127.0.0.1:0");
    conf.set(YarnConfiguration.NM_LOCAL_DIRS, folder.resolve("local").toString());
    conf.set(YarnConfiguration.NM_LOG_DIRS, folder.resolve("logs").toString());
    NodeManager node = new NodeManager();
    node.init(conf);
    node.start();
    write("ready", new Properties());
  }

  private void manager() throws Exception {
    conf.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, CONTAINER_MB);
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    // The smallest container was settled by the defaults when the first class of YARN was loaded.
    ResourceUtils.resetResourceTypes(conf);
    ResourceManager yarn = new ResourceManager();
    yarn.init(conf);
    yarn.start();
    write("ready", new Properties());
    await("go");
    Properties done = new Properties();
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(conf);
      client.start();
      done.setProperty("unmanaged", unmanaged(client, conf).toString());
      done.setProperty("managed", managed(client).toString());
    }
    write("done", done);
  }

  /** Written beside and moved, so that a reader sees all or nothing. */
  private void write(String name, Properties values) throws Exception {
    Path part = folder.resolve(name + ".part");
    try (OutputStream out = Files.newOutputStream(part)) {
      values.store(out, null);
    }
    Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private void await(String file) throws InterruptedException {
    while (!Files.exists(folder.resolve(file))) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static ApplicationReport await(
      YarnClient client, ApplicationId id, YarnApplicationState... wanted) throws Exception {
    while (true) {
      ApplicationReport report = client.getApplicationReport(id);
      if (List.of(wanted).contains(report.getYarnApplicationState())) {
        return report;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static ApplicationSubmissionContext context(YarnClientApplication made, String name) {
    ApplicationSubmissionContext context = made.getApplicationSubmissionContext();
    context.setApplicationName(name);
    context.setQueue("default");
    context.setPriority(Priority.newInstance(0));
    context.setMaxAppAttempts(1);
    context.setResource(Resource.newInstance(CONTAINER_MB, 1));
    return context;
  }

  private static ContainerLaunchContext command(String line) {
    return ContainerLaunchContext.newInstance(
        new HashMap<>(), Map.of(), List.of(line), null, null, null);
  }

  /** Its master is this JVM: it registers, gets two containers and starts them. */
  private ApplicationId unmanaged(YarnClient client, Configuration yarn) throws Exception {
    YarnClientApplication made = client.createApplication();
    ApplicationSubmissionContext context = context(made, "two containers");
    context.setUnmanagedAM(true);
    context.setAMContainerSpec(command("true"));
    ApplicationId id = client.submitApplication(context);
    await(client, id, YarnApplicationState.ACCEPTED);
    Token<AMRMTokenIdentifier> token = client.getAMRMToken(id);
    while (token == null) {
      TimeUnit.MILLISECONDS.sleep(100);
      token = client.getAMRMToken(id);
    }
    UserGroupInformation master = UserGroupInformation.createRemoteUser(
        UserGroupInformation.getCurrentUser().getShortUserName());
    master.addToken(token);
    master.doAs(
        (java.security.PrivilegedExceptionAction<Void>)
            () -> {
              master(yarn);
              return null;
            });
    await(client, id, YarnApplicationState.FINISHED, YarnApplicationState.FAILED);
    return id;
  }

  private void master(Configuration yarn) throws Exception {
    NMTokenCache tokens = new NMTokenCache();
    try (AMRMClient<AMRMClient.ContainerRequest> manager = AMRMClient.createAMRMClient();
        NMClient nodes = NMClient.createNMClient()) {
      manager.setNMTokenCache(tokens);
      nodes.setNMTokenCache(tokens);
      manager.init(yarn);
      manager.start();
      nodes.init(yarn);
      nodes.start();
      manager.registerApplicationMaster("127.0.0.1", 0, "");
      Resource size = Resource.newInstance(CONTAINER_MB, 1);
      for (int i = 0; i < 2; i++) {
        manager.addContainerRequest(
            new AMRMClient.ContainerRequest(size, null, null, Priority.newInstance(0)));
      }
      List<Container> got = new java.util.ArrayList<>();
      while (got.size() < 2) {
        got.addAll(manager.allocate(0.1f).getAllocatedContainers());
        TimeUnit.MILLISECONDS.sleep(200);
      }
      String stop = folder.resolve("stop").toString();
      nodes.startContainer(
          got.get(0),
          command("for i in $(seq 1500); do [ -e " + stop + " ] && break; sleep 0.2; done"));
      nodes.startContainer(
          got.get(1),
          command("{ head -c " + HOG_BYTES + " /dev/zero; sleep 600; } | tail > /dev/null"));
      // Once the master has been told of an end, the NodeManager forgets the container.
      await("seen");
      int ended = 0;
      while (ended < 2) {
        ended += manager.allocate(0.5f).getCompletedContainersStatuses().size();
        TimeUnit.MILLISECONDS.sleep(200);
      }
      manager.unregisterApplicationMaster(FinalApplicationStatus.SUCCEEDED, "both ended", "");
    }
  }

  /** Its master is a process on the node that ends with 7. */
  private ApplicationId managed(YarnClient client) throws Exception {
    YarnClientApplication made = client.createApplication();
    ApplicationSubmissionContext context = context(made, "master exits");
    context.setAMContainerSpec(command("exit 7"));
    ApplicationId id = client.submitApplication(context);
    await(client, id, YarnApplicationState.FAILED);
    return id;
  }
}
